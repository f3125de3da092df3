"""One step a version, numbered; a step that has been released is never edited."""
