"""A contract for import-linter: some packages import what is listed, and nothing else.

import-linter's own contracts list what is forbidden. Where code runs beside student code, or on a
student's laptop, a list of what is allowed is safer: a new dependency must be added to it by hand.
"""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedImports(Contract):
    """`source_modules` and the modules in them import only `allowed_modules` and these.

    The standard library is always allowed.
    """

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed_modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        allowed = (*self.source_modules, *self.allowed_modules)
        problems = []
        for module in sorted(graph.modules):
            if not _is_inside(module, self.source_modules):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                is_standard = imported.split(".")[0] in sys.stdlib_module_names
                if not is_standard and not _is_inside(imported, allowed):
                    details = graph.get_import_details(importer=module, imported=imported)
                    lines = ", ".join(str(detail["line_number"]) for detail in details)
                    problems.append(f"{module} imports {imported} (line {lines})")
        return ContractCheck(kept=not problems, metadata={"problems": problems})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for problem in check.metadata["problems"]:
            output.print_error(problem, bold=False)


def _is_inside(module: str, packages: tuple[str, ...] | list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
