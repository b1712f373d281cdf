"""What a clinic's own page says of it in schema.org's words (JSON-LD or microdata), as claims of the clinic.

Source: schema.org, version 28 and later; JSON-LD 1.1 in `script` elements; HTML microdata.
"""

from clinic_vetting.schema_org.claims import Claimed, from_page
from clinic_vetting.schema_org.markup import Page, open_page, read_page

__all__ = ["Claimed", "Page", "from_page", "open_page", "read_page"]
