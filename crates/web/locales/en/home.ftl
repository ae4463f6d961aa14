## The first page, and the form for searching.

home-page-title = Trialway: find a clinical trial, and see what it asks
home-title = Find a clinical trial, and see what it asks
home-lead = Search the studies, read in plain words who may take part, and hold a health record against every point, privately.
home-empty = No studies are held here yet
home-empty-load = Load study records with `trialway ingest PATH`: API v2 JSON, NDJSON, legacy XML, gzipped or zipped, or a directory of them. Then open this page again.
home-empty-demo = To look around first, run `trialway serve --demo`.
home-held = { $studies } held here.
home-try = Try [lupus], [asthma] or [nephrotic syndrome].
home-all = Show all
home-read = Read what a study asks
home-read-means = Each point stands as the study published it, beside what a computer took it to say. What was not understood is shown as it is written.
home-story = Start from a story
home-story-means = [Say in your own words] who it is for and what is the matter. You see what was understood, then the studies that may match, each with the reasons. Nothing is kept.
home-check = Check a record
home-check-means = [Hold a health record] against one study or all. For every point: met, not met or open, on what evidence, and what to ask. Nothing is kept.
home-unknown = Unknown stays unknown
home-unknown-means = A missing fact is never taken for a no. The answer is at most “may match”: the study team decides.
form-words = Condition, treatment, your own words or NCT number
form-near = Near (city)
form-age = Age in years
form-search = Search
