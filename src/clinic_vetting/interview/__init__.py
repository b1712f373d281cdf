"""An interview about one clinic: the best question first, each answer written into the dossier at once."""

from clinic_vetting.interview.amending import Amended, amended
from clinic_vetting.interview.dossier_file import DossierFile
from clinic_vetting.interview.talk import Talk

__all__ = ["Amended", "DossierFile", "Talk", "amended"]
