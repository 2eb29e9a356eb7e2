"""Where the invented city lies: what the data folder says of it, and nothing of which is invented.

Names of the city's bodies are made of the city's name, so that the same story plays in any city.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.ledgers.campaign import load_campaign
from pipeline.trouble import UsageTrouble


@dataclass(frozen=True, slots=True)
class Setting:
    """The city, the bodies above the counties, the campaign's papers, and who must not be named."""

    city: str
    area_code: str
    phone_digits: int
    document_number: str
    document_on: date
    basis: tuple[Mapping[str, str], ...]
    province_body: str
    officials: frozenset[str]

    @classmethod
    def of(cls, data: Path) -> Setting:
        """Read a data folder.

        Raises:
            UsageTrouble: its campaign.yml cannot be read.
        """
        campaign, findings = load_campaign(data / "campaign.yml", f"{data.name}/campaign.yml")
        if campaign is None:
            raise UsageTrouble("；".join(finding.message for finding in findings))
        above = [line["name"] for line in campaign.hotlines if line["level"] == "省"]
        return cls(
            city=campaign.city,
            area_code=campaign.area_code,
            phone_digits=campaign.phone_digits or 8,
            document_number=campaign.document_number,
            document_on=campaign.document_on,
            basis=campaign.basis,
            province_body=above[0] if above else "省水利厅",
            officials=frozenset(_names(data / "city" / "supervision.csv")),
        )

    @property
    def body(self) -> str:
        """The city's water authority."""
        return f"{self.city}水利局"

    @property
    def above(self) -> Mapping[str, str]:
        """Who speaks for each level above the county."""
        return {"市": self.body, "省": self.province_body, "国家": "水利部"}

    def letter(self, number: int) -> str:
        """Return the invented number of a letter of supervision, as the campaign's are."""
        series = self.document_number.partition("〔")[0]
        return f"{series[:-1]}督〔2022〕{number}号"


def _names(path: Path) -> list[str]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]
