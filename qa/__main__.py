"""python -m qa"""

from qa.cli.commands import main

main()
