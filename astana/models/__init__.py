"""The records, one file per noun."""

from astana.models.actor import Actor, ActorName
from astana.models.affiliation import Affiliation
from astana.models.article import Article
from astana.models.assignment import Assignment
from astana.models.challenge import Challenge
from astana.models.coder import Coder
from astana.models.column_mapping import ColumnMapping
from astana.models.comment import Comment
from astana.models.comparison import SavedComparison
from astana.models.data_import import Import
from astana.models.document import Document, Signature
from astana.models.dossier import Dossier, Membership
from astana.models.event import Event, Participation
from astana.models.evidence import Anchor, Evidence, Health
from astana.models.invitation import Invitation
from astana.models.issue import Issue, Stance
from astana.models.link import Link
from astana.models.looked_for import Examined, LookedFor
from astana.models.merge import Merge
from astana.models.notice import Notice
from astana.models.position import Position
from astana.models.reading_class import Class, Pupil
from astana.models.rendition import Rendition
from astana.models.search import SearchEntry
from astana.models.source import Source
from astana.models.unfinished import Unfinished
from astana.models.upload import Upload
from astana.models.user import User
