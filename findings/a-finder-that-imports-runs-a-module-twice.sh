#!/usr/bin/env bash
# A finder that imports what it was asked to find makes Python run that module twice.
#
# A lazy import puts a stand-in for a package into sys.modules and a finder into sys.meta_path: when a part of the package is
# imported, the finder imports the real package and answers where the part is. The real package has often imported that part
# itself by then. importlib sees it in sys.modules, and instead of handing it out it takes the `__spec__` that stands in the
# module, whatever the finder answered, and executes the module once more, as another object. From then on there are two of each
# of its classes: one behind the package's names, one behind the part's, and `isinstance` tells them apart. Nothing is said.
#
# Whoever wants the loaded module must put a spec into the module's own `__spec__` whose loader hands out what is there.
#
# Seen with Python 3.11.7 and 3.13.0, attrs 26.1.0. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "attrs==26.1.0"
cat >"$folder/lazy.py" <<'PYTHON'
import importlib
import importlib.abc
import importlib.machinery
import importlib.metadata
import sys
import types


class HandsOut(importlib.abc.Loader):
    def __init__(self, module, spec):
        self.module, self.spec = module, spec

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        module.__spec__ = self.spec


class Lazy:
    own_spec = False

    def find_spec(self, name, path=None, target=None):
        if name != "attr._make" or not isinstance(sys.modules["attr"], StandIn):
            return None
        del sys.modules["attr"]
        importlib.import_module("attr")  # which imports attr._make
        module = sys.modules[name]
        spec = importlib.machinery.ModuleSpec(name, HandsOut(module, module.__spec__))
        if self.own_spec:
            module.__spec__ = spec
        return spec


class StandIn(types.ModuleType):
    __path__ = []


finder = Lazy()
finder.own_spec = sys.argv[1] == "own"
sys.meta_path.insert(0, finder)
sys.modules["attr"] = StandIn("attr")
part = importlib.import_module("attr._make")
package = sys.modules["attr"]
same = part.Attribute is package.Attribute
field = package.fields(package.make_class("Point", ["x"]))[0]
print(f"Python {sys.version.split()[0]}, attrs {importlib.metadata.version('attrs')}, spec in the module: {finder.own_spec}: "
      f"one class: {same}; isinstance(field, attr._make.Attribute): {isinstance(field, part.Attribute)}")
assert same is finder.own_spec, "the finder's answer counts now"
assert isinstance(field, part.Attribute) is finder.own_spec
PYTHON
"$folder/venv/bin/python" "$folder/lazy.py" answered
"$folder/venv/bin/python" "$folder/lazy.py" own
