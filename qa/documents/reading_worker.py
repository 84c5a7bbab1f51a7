"""The process that reads files for `reading_process`: a line of JSON in, a line of JSON out, until the input ends."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from qa.documents.reading import SourceFile, read_file
from qa.documents.reading_process import OUT_OF_MEMORY
from qa.errors import DocumentError
from qa.plain import to_json


def main() -> None:
    seconds, memory = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that asks
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever asked is gone
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no reply
    for line in sys.stdin:
        source, path = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, seconds)  # SIGALRM ends the process, whatever it is at
        print(_reply(SourceFile(source, Path(path))), file=replies, flush=True)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _reply(file: SourceFile) -> str:
    try:
        return f"read {to_json(read_file(file))}"
    except DocumentError as error:
        return f"error {json.dumps(str(error))}"
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of the memory may not do for an orderly end


if __name__ == "__main__":
    main()
