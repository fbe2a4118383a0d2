"""Assessment frameworks, regulations and ratings: data from `resources/`, checked and typed."""

RATINGS = "ratings.toml"
"""Name of the file with the rating scale that all frameworks share that have none of their own."""
RULES = "rating_rules.toml"
"""Name of the file with the rules for ratings, which frameworks refer to."""
REFERENCE = ("regulations.toml", "activities.toml", RATINGS, RULES)
"""Names of the files that all frameworks share."""
REQUIRABLE = (
    *("provider_name", "location_name", "address", "visit_dates", "publication_date"),
    *("overall_rating", "key_question_ratings", "judgements", "signatory_name", "signatory_title"),
)
"""The fields of the details whose absence a report can show."""
SAFE = "Your inspections are not affected. Correct the file, or install the application again."
"""What every message about a faulty file of the application ends with."""
