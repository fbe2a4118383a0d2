"""The form of a breach, and its three places in the report."""
