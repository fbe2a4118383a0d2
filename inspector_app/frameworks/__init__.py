"""Assessment frameworks, regulations and ratings: data from `resources/`, checked and typed."""
