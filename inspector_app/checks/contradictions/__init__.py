"""Whether two sentences of a report contradict each other: themes, polarity, opposites."""
