"""Written answers in a spreadsheet: one CSV file per question, out and in again.

`answers` reads what students wrote and what was entered for it, `sheet` defines the file, `export`
writes it, and `plan` decides what an import changes. `blind` replaces students' ids, `agreement`
compares two graders, and `bank` counts comments. `cli` imports this subpackage. It writes no score
itself: `gradebook.manual` does.
"""
