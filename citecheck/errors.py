"""What can go wrong with citecheck itself. A link that fails is data (a Verdict), never one of these.

CitecheckError
├── UsageError       the command line or the library was asked for something that is not there (exit 2)
│   └── SettingsError    a settings file that cannot be used; names file and path of the key
├── ExtractError     a source that exists but cannot be read; the other sources go on (exit 4)
├── NothingToCheck   no text or no link in all the sources (exit 3)
├── FetchError       the fetcher cannot work at all: a process of it died
├── ArchiveError     the archive cannot be written or read
├── StoreError       the store cannot be opened
└── ReportError      a report cannot be written or rendered
"""


class CitecheckError(Exception):
    """An inability to run, told in one line: what happened, where, and the way out.

    `exit_code` is what the command line ends with; `about` names the thing (a path, a URL, a settings key).
    """

    exit_code = 4

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(message)
        self.about = about


class UsageError(CitecheckError):
    exit_code = 2


class SettingsError(UsageError):
    pass


class ExtractError(CitecheckError):
    pass


class NothingToCheck(CitecheckError):
    exit_code = 3


class FetchError(CitecheckError):
    pass


class ArchiveError(CitecheckError):
    pass


class StoreError(CitecheckError):
    pass


class ReportError(CitecheckError):
    pass
