"""Cells of a notebook as HTML: text with its formulas, code in colours, and outputs, all of them made harmless."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from autograder.pages.formulas import as_mathml
from autograder.sanitize.outputs import clean_html, clean_outputs

_MARK = re.compile("\ue000([0-9]+)\ue001")


def markdown(source: str) -> str:
    """A text cell: its Markdown rendered, its formulas as MathML, nothing active in it."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    formulas: list[str] = []

    def keep(formula: str, *, block: bool) -> str:
        formulas.append(as_mathml(formula.strip(), block=block))
        return f"\ue000{len(formulas) - 1}\ue001"  # of the private use area: no text of a notebook has them

    class Renderer(IPythonRenderer):
        """nbconvert's, with a formula's place kept while the rest is made harmless."""

        def block_math(self, body: str) -> str:
            return f"<p>{keep(body, block=True)}</p>"

        def heading(self, text: str, level: int, **attrs: Any) -> str:
            return f"<h{min(level + 2, 6)}>{text}</h{min(level + 2, 6)}>\n"  # below the page's own

        def inline_math(self, body: str) -> str:
            return keep(body, block=False)

        def latex_environment(self, name: str, body: str) -> str:
            formula = f"\\begin{{{name}}}{body}\\end{{{name}}}"
            return f"<p>{keep(formula, block=True)}</p>"

    source = _MARK.sub("", source)
    made = MarkdownWithMath(renderer=Renderer(escape=False)).render(source)
    clean = clean_html(made)
    if clean is None:
        return f"<pre>{html.escape(source)}</pre>"
    return _MARK.sub(lambda match: formulas[int(match[1])] if int(match[1]) < len(formulas) else "", clean)


def code(source: str) -> str:
    """Code in colours; ``code_style`` is their style sheet."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    coloured = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return f'<pre class="highlight" tabindex="0"><code>{coloured}</code></pre>'


def code_style() -> str:
    """The colours of code, for light and dark."""
    from pygments.formatters import HtmlFormatter

    def rules(name: str) -> str:
        told = HtmlFormatter(style=name).get_style_defs(".highlight").splitlines()
        return "\n".join(rule for rule in told if rule.startswith(".highlight .") and "background" not in rule)

    return f"{rules('xcode')}\n@media (prefers-color-scheme: dark) {{ {rules('github-dark')} }}"


def outputs(found: Iterable[Any]) -> str:
    """A cell's outputs as its owner saw them."""
    return "".join(map(_output, clean_outputs(found)))


def _output(output: dict[str, Any]) -> str:
    match output["output_type"]:
        case "stream":
            return _pre(output["text"])
        case "error":
            return _pre("\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}")
    data = output.get("data", {})
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            said = html.escape(f"A picture that this cell drew. {data.get('text/plain', '')[:200]}", quote=True)
            return f'<p><img alt="{said}" src="data:{kind};base64,{data[kind].strip()}"></p>'
    if "text/html" in data:
        clean = clean_html(data["text/html"])
        if clean is not None:
            return f'<div class="wide">{clean}</div>'
    return _pre(data.get("text/plain", ""))


def _pre(words: Any) -> str:
    said = words if isinstance(words, str) else "".join(words)
    return f'<pre tabindex="0">{html.escape(said)}</pre>' if said.strip() else ""
