"""A site's own table of clinics, CSV or spreadsheet, as one dossier a row."""

from clinic_vetting.listings.filling import Listed, listed
from clinic_vetting.listings.listing_map import ListingMap, read_listing_map
from clinic_vetting.listings.tables import Listings, open_listings

__all__ = ["Listed", "ListingMap", "Listings", "listed", "open_listings", "read_listing_map"]
