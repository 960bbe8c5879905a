"""Terms of acceptance: what was agreed with a supplier of data."""

from pydantic import BaseModel, ConfigDict, Field

from schemas.amounts import Amount, Share


class Terms(BaseModel):
    """What a delivery has to keep to; shares are of the records read.

    A key that is not given, or null, asks nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_rejected: Share | None = Field(
        None, description="At most this share could not be read, or was withdrawn."
    )
    max_own_copies: Share | None = Field(
        None, description="At most this share are copies of another document of the same source."
    )
    max_other_copies: Share | None = Field(
        None, description="At most this share are copies of what another source has as well."
    )
    max_personal: Share | None = Field(
        None, description="At most this share hold personal data that is not kept."
    )
    min_kept: Share | None = Field(None, description="At least this share was kept.")
    min_tokens: Amount | None = Field(
        None, description="The kept documents have at least so many tokens."
    )

    def over(self, general: "Terms") -> "Terms":
        """These terms, and of the `general` ones those that are not given here.

        >>> general = Terms(max_rejected="2%", min_kept=0.6)
        >>> Terms(min_kept=None).over(general).asked
        {'max_rejected': 0.02}
        """
        return Terms(**(general._given | self._given))

    @property
    def _given(self) -> dict[str, float | int | None]:
        """What was written down, null too."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    @property
    def asked(self) -> dict[str, float | int]:
        """What is asked, by its name, in the order above."""
        every = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in every.items() if value is not None}
