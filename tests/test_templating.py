"""What templates put out: escaped as Jinja itself does, whatever the value."""

from datetime import date
from decimal import Decimal

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.publication.templating import environment

TEXT = st.text(alphabet="a<>&'\"中 {}%#\n")
VALUES = st.one_of(
    TEXT, TEXT.map(Markup), st.integers(), st.decimals(), st.none(), st.booleans(), st.dates()
)
TEMPLATE = """{% macro part(text, more='<') %}<b>{{ text }}</b>{{ more }}{% endmacro %}
{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}
{{ value }}|{{ part(value) }}|{% for one in [value] %}{{ part(one, more=one) }}{% endfor %}
{% call around() %}{{ value }}{% endcall %}|{{ value ~ '<' }}|{{ [value]|join('&') }}
{% set kept %}<i>{{ value }}</i>{% endset %}{{ kept }}"""


@given(VALUES)
def test_values_are_put_out_as_jinja_does(value):
    """Faster, but the same to the last character."""
    ours = environment("site/templates").from_string(TEMPLATE)
    plain = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)

    assert ours.render(value=value) == plain.from_string(TEMPLATE).render(value=value)


@pytest.mark.parametrize("value", ["<script>", Markup("<b>"), 3, Decimal("1.50"), date.min])
def test_what_is_put_out_is_text(value):
    """Pages are joined of texts; a number among them would stop the build."""
    assert isinstance(environment("site/templates").escaped(value), str)


def test_what_nobody_gave_is_an_error():
    """A page never shows a hole."""
    with pytest.raises(jinja2.UndefinedError):
        environment("site/templates").from_string("{{ nothing }}").render()
