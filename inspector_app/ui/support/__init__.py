"""The evidence behind the sentence being written, and what stands on nothing."""
