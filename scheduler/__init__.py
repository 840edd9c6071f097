"""The clock: APScheduler's fixed ticks that call use cases."""
