"""Tables, sessions and named queries. A query takes a Session and never commits."""
