"""The recipe that makes the shipped English model out of public data."""
