"""The words of Lunchmates as plain values, the ports to the outside, and the base of our errors."""
