"""The interface as an OpenAPI 3.1 document: every field, answer and limit, enough to write a client.

python -m sync.server.description > docs/openapi.json
"""

from sync.server.description.document import as_text, document

__all__ = ["as_text", "document"]
