"""The banners below a page: what became of the file, and what the person may decide."""
