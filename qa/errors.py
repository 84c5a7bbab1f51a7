"""What can go wrong for a user; every message is Chinese and says what happened and how to mend it."""


class QAError(Exception):
    """An error that a user can mend; its text is fit to be shown as it is."""


class SettingsError(QAError):
    """A setting is unknown or has a value that cannot be used."""


class UnusableQuestionError(QAError):
    """A question that holds nothing to look for, or is far too long."""


class QuestionSetError(QAError):
    """A file of questions for an evaluation that cannot be read."""


class DocumentError(QAError):
    """A file that cannot be read as a document; the build lists it and goes on."""


class ReadingStoppedError(DocumentError):
    """A file whose reading took too long or too much memory, or killed the process that read it."""


class NoDocumentsError(QAError):
    """A documents folder that is missing, empty or holds nothing readable."""


class EncoderError(QAError):
    """The model that turns text into vectors, or the one that reranks, cannot be loaded."""


class IndexMissingError(QAError):
    """There is no index where one was expected."""


class IndexUnusableError(QAError):
    """An index that is damaged, or was made by another format, encoder or word list."""


class StorageError(QAError):
    """The index folder cannot be written: it is full, or not this user's."""


class BackupError(QAError):
    """A backup cannot be made, is damaged, or would overwrite something."""


class FeedbackError(QAError):
    """Feedback that cannot be kept, read or written out."""


class NameTakenError(QAError):
    """A file would take the place of one that is held, and nobody said that it should."""


class BuildRunningError(QAError):
    """Another build is at work in the same folder."""
