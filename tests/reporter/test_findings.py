import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from citecheck.errors import SettingsError
from citecheck.model import (
    Audit,
    Certainty,
    Claim,
    Exclusion,
    Finding,
    Level,
    LinksKept,
    Place,
    Silence,
    Silenced,
    SilencedBy,
    Status,
    Update,
    UpdateKind,
)
from citecheck.reporter.findings import RULES, find, with_findings
from citecheck.reporter.headline import headline
from citecheck.reporter.matrix import Gap, whole_matrix
from citecheck.settings import RuleLevel

ERROR, WARNING, NOTE = Level.ERROR, Level.WARNING, Level.NOTE
MAY_6, MAY_5, MAY_2 = date(2031, 5, 6), date(2031, 5, 5), date(2031, 5, 2)
SOUTH, LANTERN = "http://south.example/pier", "https://lantern.example/vote"
TALKS, TUGS, CRANES = (
    "https://northpost.example/talks",
    "https://coastwire.example/tugs",
    "https://coastwire.example/cranes",
)


def found(
    rule: str,
    level: Level,
    message: str,
    place: tuple[int, int | None, int | None],
    day: date | None = None,
    outlet: str | None = None,
    target: str | None = None,
) -> Finding:
    line, column, end_column = place
    return Finding(
        rule=rule,
        level=level,
        message=message,
        source="harbour.txt",
        line=line,
        column=column,
        end_column=end_column,
        target=target,
        date=day,
        outlet=outlet,
    )


def on_link(
    rule: str, level: Level, message: str, line: int, url: str, day: date | None = None, outlet: str | None = None
) -> Finding:
    return found(rule, level, message, (line, 1, 1 + len(url)), day, outlet, url)


EXPECTED = (
    on_link("dead-link", ERROR, "gone for a reader: 404 Not Found; replace it or link to a copy",
            33, "https://user:secret@gone.example/a", MAY_6),
    on_link("dead-link", ERROR, "gone for a reader: no such name; replace it or link to a copy",
            35, TALKS, MAY_5, "North Post"),
    on_link("invalid-url", ERROR, "cannot be requested as written: not a well-formed URL; correct the URL",
            40, "http://[broken"),
    on_link("failing-link", WARNING,
            "broken now: no answer in time; it may recover, check again before changing it",
            39, "https://slow.example/a"),
    found("missing-credits", WARNING,
          "May 2 has no credit line, but cites Coast Wire (once); add one: “With reporting by Coast Wire.”",
          (13, None, None), MAY_2),
    found("cited-not-credited", WARNING,
          "North Post is cited on May 6, but the credit line lacks it; "
          "add it: “With reporting by Coast Wire, Island Radio and North Post.”",
          (4, 28, 38), MAY_6, "North Post"),
    on_link("cited-not-credited", NOTE,
            "The Lantern is linked on May 6, but neither cited nor in the credit line; "
            "credit it if its reporting was used",
            31, LANTERN, MAY_6, "The Lantern"),
    found("cited-not-credited", WARNING,
          "Portnews is cited on May 5, but the credit line lacks it; "
          "add it: “With reporting by Portnews, Sea Watch and The Lantern.”",
          (21, 27, 35), MAY_5, "Portnews"),
    on_link("cited-not-credited", NOTE,
            "North Post is linked on May 5, but neither cited nor in the credit line; "
            "credit it if its reporting was used",
            35, TALKS, MAY_5, "North Post"),
    found("credited-not-cited", WARNING,
          "The Lantern is in the credit line of May 5, but no sentence names it and no link leads to it; "
          "name it where its reporting is used, or drop it",
          (23, 33, 44), MAY_5, "The Lantern"),
    on_link("moved-link", WARNING, "moved for good; link to https://lantern.example/new/vote",
            31, LANTERN, MAY_6, "The Lantern"),
    on_link("outlet-mismatch", NOTE,
            "the sentence names North Post, but its link goes to The Lantern; "
            "name the outlet that is linked, or link the one that is named",
            31, LANTERN, MAY_6, "The Lantern"),
    found("unsourced-update", NOTE,
          "the one sentence names no source, and there is no link nor credit line; name the source",
          (25, None, None)),
    found("single-source-day", NOTE,
          "May 2 rests on Coast Wire alone, cited once in 2 sentences; a second source would carry it better",
          (15, 24, 34), MAY_2, "Coast Wire"),
    found("credited-not-linked", NOTE,
          "North Post is cited on May 6, but nothing links to it; link the report that was used",
          (4, 28, 38), MAY_6, "North Post"),
    found("credited-not-linked", NOTE,
          "The Lantern is credited on May 5, but nothing links to it; link the report that was used",
          (23, 33, 44), MAY_5, "The Lantern"),
    found("credited-not-linked", NOTE,
          "Portnews is cited on May 5, but nothing links to it; link the report that was used",
          (21, 27, 35), MAY_5, "Portnews"),
    found("uneven-label", NOTE,
          "Coast Wire is called “state-run” on May 6 (line 3), but not on May 2 (line 15); label it alike on every day",
          (15, 24, 34), MAY_2, "Coast Wire"),
    found("unknown-outlet", NOTE,
          "“Portnews” is named as an outlet, but no registry knows it; confirm it and add it to your outlets",
          (21, 27, 35), MAY_5, "Portnews"),
    found("date-order", NOTE, "May 2 stands between May 6 and May 5; move it, or check its date",
          (13, None, None), MAY_2),
    found("undated-update", NOTE, "no date could be told for “Later”; write day, month and year in its heading",
          (25, None, None)),
    on_link("blocked-link", NOTE, "turns programs away: 403 Forbidden; open it in a browser to be sure",
            38, "https://wall.example/a"),
    on_link("unarchived-link", NOTE, "opens, but no copy was kept; archive it while it lives",
            31, LANTERN, MAY_6, "The Lantern"),
    on_link("unarchived-link", NOTE, "opens, but no copy was kept; archive it while it lives",
            34, TUGS, MAY_2, "Coast Wire"),
    found("insecure-link", NOTE,
          "plain http: whoever is between can read and change the page; try https",
          (32, 1, 30), MAY_6, "Island Radio South", SOUTH),
    on_link("duplicate-link", NOTE, "the same page is linked on line 30 of this update; once may do",
            37, CRANES, MAY_6, "Coast Wire"),
)  # fmt: skip


def of(rule: str, audit: Audit) -> list[Finding]:
    return [each for each in audit.findings if each.rule == rule]


def test_every_finding_of_the_blog_is_as_expected(audit: Audit) -> None:
    assert audit.findings == EXPECTED


def test_the_blog_breaks_every_rule_on_texts_that_is_on() -> None:
    on = {rule.id for rule in RULES if rule.level is not RuleLevel.OFF}
    assert {each.rule for each in EXPECTED} == on - {"expired-exclude", "missing-fragment"}


def test_a_fragment_that_its_page_lacks_is_found_at_its_link_alone(bare_audit: Audit) -> None:
    url = "https://coastwire.example/cranes"
    (document,) = bare_audit.documents
    first = next(link for link in document.links if link.target == url)
    pointing = replace(first, url=f"{url}#crew")
    links = (first, pointing, replace(first, url=f"{url}#harbour"))
    visits = (replace(bare_audit.visits[0], missing_fragments=("crew",)),)
    audit = replace(bare_audit, documents=(replace(document, links=links),), visits=visits)
    assert [each for each in find(audit, {}, links_only=True) if each.rule == "missing-fragment"] == [
        Finding(
            rule="missing-fragment",
            level=Level.WARNING,
            message="the page opens, but has no such place: #crew; link to the page, or to what is there now",
            source=document.source,
            line=first.line,
            column=first.column,
            end_column=pointing.end_column,
            target=url,
            date=date(2031, 5, 6),
            outlet=first.outlet,
        )
    ]


def test_an_exclusion_that_ran_out_is_found_where_it_stands(bare_audit: Audit) -> None:
    last_day, before = bare_audit.started_at.date(), bare_audit.started_at.date() - timedelta(days=1)
    exclusions = (
        Exclusion(host="a.example", reason="x", until=last_day, file="citecheck.toml", line=3),
        Exclusion(host="b.example", reason="x", until=before, file="citecheck.toml", line=8),
        Exclusion(url="c", reason="x"),
    )
    found = find(replace(bare_audit, exclusions=exclusions), {}, links_only=True)
    assert [each for each in found if each.rule == "expired-exclude"] == [
        Finding(
            rule="expired-exclude",
            level=Level.ERROR,
            message=f"`exclude[1].until`: {before} has passed; drop what excludes `b.example`, or date it anew",
            source="citecheck.toml",
            line=8,
        )
    ]


def test_a_comment_in_the_text_silences_and_what_it_silences_is_kept(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    silence = Silence(("dead-link",), 33, 33, "kept on purpose")
    silenced = with_findings(replace(bare_audit, documents=(replace(document, silences=(silence,)),)), {})
    told = with_findings(bare_audit, {})
    (gone,) = [each for each in told.findings if (each.rule, each.line) == ("dead-link", 33)]
    assert silenced.silenced == (Silenced(gone, SilencedBy.COMMENT, "kept on purpose"),)
    assert silenced.findings == tuple(each for each in told.findings if each is not gone)


def test_levels_can_be_raised_silenced_and_switched_on(bare_audit: Audit) -> None:
    audit = with_findings(
        bare_audit,
        {"dead-link": RuleLevel.NOTE, "cited-not-credited": RuleLevel.OFF, "unsourced-claim": RuleLevel.WARNING},
    )
    assert [each.level for each in of("dead-link", audit)] == [NOTE, NOTE]
    assert of("cited-not-credited", audit) == []
    assert [(each.line, each.level) for each in of("unsourced-claim", audit)] == [
        (5, WARNING),
        (16, WARNING),
        (27, WARNING),
    ]


def test_an_unknown_rule_is_named_with_the_nearest_that_exists(bare_audit: Audit) -> None:
    with pytest.raises(
        SettingsError, match=re.escape("`rules.dead-lnk`: there is no such rule; did you mean `dead-link`?")
    ):
        find(bare_audit, {"dead-lnk": RuleLevel.OFF})


def test_a_mere_check_has_findings_on_links_alone(bare_audit: Audit) -> None:
    audit = with_findings(bare_audit, {}, liveness_only=True)
    assert audit.sourcing == ()
    assert {each.rule for each in audit.findings} == {
        "dead-link", "invalid-url", "failing-link", "moved-link", "blocked-link", "unarchived-link", "insecure-link",
        "duplicate-link",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (LinksKept.PARTLY, "no sentence names it (a link may have: some pages of this copy show no links)"),
        (LinksKept.LOST, "no sentence names it (a link may have: this copy kept no links of the day)"),
    ],
)
def test_where_links_are_lost_nothing_is_claimed_of_them(audit: Audit, kept: LinksKept, words: str) -> None:
    lost = replace(audit, sourcing=tuple(replace(day, links=kept) for day in audit.sourcing))
    findings = find(lost)
    assert [each for each in findings if each.rule == "credited-not-linked"] == []
    (unnamed,) = (each for each in findings if each.rule == "credited-not-cited")
    assert words in unnamed.message


def test_a_link_that_may_not_belong_to_the_sentence_is_no_mismatch(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    unsure = tuple(replace(link, confidence=Certainty.LOW) for link in document.links)
    audit = with_findings(replace(bare_audit, documents=(replace(document, links=unsure),)), {})
    assert of("outlet-mismatch", audit) == []


def test_a_link_that_is_likely_the_sentences_is_told_so(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    likely = tuple(replace(link, confidence=Certainty.MEDIUM) for link in document.links)
    audit = with_findings(replace(bare_audit, documents=(replace(document, links=likely),)), {})
    assert [(each.line, each.message) for each in of("outlet-mismatch", audit)] == [
        (31, "the sentence names North Post, but what is likely its link goes to The Lantern; "
             "name the outlet that is linked, or link the one that is named"),
    ]  # fmt: skip


def test_a_link_within_the_own_house_is_no_mismatch(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    own = tuple(
        replace(link, outlet="Harbour Gazette") if link.outlet == "The Lantern" else link for link in document.links
    )
    audit = with_findings(replace(bare_audit, documents=(replace(document, links=own),)), {})
    assert of("outlet-mismatch", audit) == []


def test_a_link_to_another_of_the_same_house_is_a_note_whatever_the_level(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    links = tuple(
        replace(link, outlet="Island Radio South") if link.outlet == "The Lantern" else link for link in document.links
    )
    updates = (_naming(document.updates[0], "Island Radio"), *document.updates[1:])
    made = replace(bare_audit, documents=(replace(document, links=links, updates=updates),))
    audit = with_findings(made, {"outlet-mismatch": RuleLevel.WARNING})
    assert [(each.line, each.level, each.message) for each in of("outlet-mismatch", audit)] == [
        (31, NOTE, "the sentence names Island Radio, and its link goes to Island Radio South of the same house; "
                   "right as it is, unless it matters whose report it was"),
    ]  # fmt: skip


def _naming(update: Update, outlet: str) -> Update:
    """The update, its second claim tied to another outlet."""
    first, second, *rest = update.claims
    said = replace(second.attributions[0], outlet=outlet)
    return replace(update, claims=(first, replace(second, attributions=(said,)), *rest))


def test_claims_without_source_come_with_what_is_at_stake_first(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    texts = (
        "The fog lifted.",
        "Forty lorries waited.",
        "It sold 1,200 tickets in 2019.",
        "The owner bribed an inspector.",
        "Two sailors were wounded.",
        "It closed on May 5, 2019.",
    )
    claims = tuple(Claim(f"c{number}", text, number, 1) for number, text in enumerate(texts, 1))
    update = Update(id="u1", kind=UpdateKind.UPDATE, line=1, claims=claims)
    made = replace(bare_audit, documents=(replace(document, updates=(update,), links=()),))
    audit = with_findings(made, {"unsourced-claim": RuleLevel.NOTE})
    assert [(each.line, each.message.partition(",")[0]) for each in of("unsourced-claim", audit)] == [
        (5, "a claim on the dead or hurt"),
        (4, "a claim that accuses"),
        (3, "a claim with a number"),
        (1, "a claim"),
        (2, "a claim"),
        (6, "a claim"),
    ]


def test_an_outlet_labelled_alike_every_day_or_never_is_no_finding(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    never = tuple(
        replace(
            update,
            claims=tuple(
                replace(
                    claim, attributions=tuple(replace(said, qualifiers=("private",)) for said in claim.attributions)
                )
                for claim in update.claims
            ),
        )
        for update in document.updates
    )
    audit = with_findings(replace(bare_audit, documents=(replace(document, updates=never),)), {})
    assert of("uneven-label", audit) == []


def test_an_article_without_credit_line_lacks_none(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    article = replace(document.updates[2], kind=UpdateKind.ARTICLE)
    audit = with_findings(replace(bare_audit, documents=(replace(document, updates=(article,)),)), {})
    assert of("missing-credits", audit) == []
    assert of("single-source-day", audit) == []


@pytest.mark.parametrize(("place", "lacks"), [(Place.BYLINE, 0), (Place.INLINE, 1)])
def test_a_byline_credits_its_outlet(bare_audit: Audit, place: Place, lacks: int) -> None:
    (document,) = bare_audit.documents
    claim = document.updates[0].claims[1]
    claim = replace(claim, attributions=(replace(claim.attributions[0], place=place),))
    update = Update("u1", UpdateKind.UPDATE, 1, claims=(claim,))
    for rule, line in (("missing-credits", None), ("cited-not-credited", "With reporting by nobody.")):
        signed = replace(update, credit_line=line)
        audit = with_findings(replace(bare_audit, documents=(replace(document, updates=(signed,), links=()),)), {})
        assert len(of(rule, audit)) == lacks


@pytest.mark.parametrize(
    ("place", "gap", "marks", "said"),
    [
        (Place.BYLINE, Gap.NONE, (), "There is no link; every outlet that is cited is credited."),
        (Place.INLINE, Gap.UNCREDITED, ("no credit line",), "1 of 1 day has no credit line."),
    ],
)
def test_the_map_and_the_headline_know_a_byline_too(
    bare_audit: Audit, place: Place, gap: Gap, marks: tuple[str, ...], said: str
) -> None:
    (document,) = bare_audit.documents
    claim = document.updates[0].claims[1]
    claim = replace(claim, attributions=(replace(claim.attributions[0], place=place),))
    update = Update("u1", UpdateKind.UPDATE, 1, claims=(claim,))
    blog = replace(document, updates=(update,), links=())
    audit = with_findings(replace(bare_audit, documents=(blog,), visits=()), {})
    matrix = whole_matrix(audit)
    assert matrix is not None
    assert [(row.marks, [cell.gap for cell in row.cells]) for row in matrix.rows] == [(marks, [gap])]
    assert headline(audit) == said


def test_the_pages_credit_line_answers_for_all_days_together(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    line = document.updates[3]
    lead = Update(
        id="u0",
        kind=UpdateKind.LEAD,
        line=1,
        credits=(replace(document.updates[0].credits[0], line=2), replace(line.credits[1], line=2)),
        credit_line="With reporting by Coast Wire and The Lantern.",
        credit_line_at=2,
    )
    bare = tuple(replace(each, credits=(), credit_line=None, credit_line_at=None) for each in document.updates)
    blog = replace(document, updates=(lead, *bare), links=())
    audit = with_findings(replace(bare_audit, documents=(blog,)), {})
    assert [(each.outlet, each.line) for each in of("credited-not-cited", audit)] == [("The Lantern", 2)]


@pytest.mark.parametrize(
    ("days", "misplaced"),
    [
        ((6, 5, 4), []),
        ((4, 5, 6), []),
        ((6, 5, 9, 4), [9]),
        ((2, 3, 4, 1), [1]),
        ((5,), []),
    ],
)
def test_the_days_out_of_order_are_as_few_as_can_be(
    bare_audit: Audit, days: tuple[int, ...], misplaced: list[int]
) -> None:
    (document,) = bare_audit.documents
    updates = tuple(
        Update(id=f"u{at}", kind=UpdateKind.UPDATE, line=at + 1, date=date(2031, 5, day)) for at, day in enumerate(days)
    )
    audit = with_findings(replace(bare_audit, documents=(replace(document, updates=updates, links=()),)), {})
    assert [each.date.day for each in of("date-order", audit) if each.date] == misplaced


def test_the_publisher_in_its_own_credit_line_is_no_gap(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    first, *rest = document.updates
    own = replace(first.credits[0], outlet="Harbour Gazette", text="Harbour Gazette")
    changed = replace(first, credits=(own,), claims=first.claims[2:])
    audit = with_findings(replace(bare_audit, documents=(replace(document, updates=(changed, *rest[1:])),)), {})
    assert [each.outlet for each in of("credited-not-cited", audit)] == ["The Lantern"]


def test_a_child_is_credited_with_its_parent(bare_audit: Audit) -> None:
    (document,) = bare_audit.documents
    first, *rest = document.updates
    (said,) = first.claims[1].attributions
    child = replace(said, outlet="Island Radio South", text="Island Radio South")
    claims = (first.claims[0], replace(first.claims[1], attributions=(child,)))
    audit = with_findings(
        replace(bare_audit, documents=(replace(document, updates=(replace(first, claims=claims), *rest)),)), {}
    )
    assert [each.outlet for each in of("cited-not-credited", audit) if each.level is WARNING] == ["Portnews"]


def test_a_run_that_archives_nothing_does_not_complain_of_it(bare_audit: Audit) -> None:
    assert of("unarchived-link", with_findings(replace(bare_audit, snapshots={}), {})) == []


def test_a_url_that_holds_a_slip_is_told_with_what_was_meant(audit: Audit) -> None:
    visits = tuple(
        replace(visit, verdict=replace(visit.verdict, suggestion="https://b.example/"))
        if visit.verdict.status is Status.INVALID
        else visit
        for visit in audit.visits
    )
    told = [each.message for each in find(replace(audit, visits=visits)) if each.rule == "invalid-url"]
    assert told == ["cannot be requested as written: not a well-formed URL; perhaps https://b.example/ was meant"]


def test_a_name_or_password_in_a_url_is_told(audit: Audit) -> None:
    visits = tuple(
        replace(visit, verdict=replace(visit.verdict, status=Status.ALIVE)) if "@" in visit.target.url else visit
        for visit in audit.visits
    )
    told = [each.message for each in find(replace(audit, visits=visits)) if each.rule == "insecure-link"]
    assert told[-1] == "shows a user's name or password to every reader; take it out of the URL"


def test_a_link_opened_without_a_look_at_the_certificate_is_told(audit: Audit) -> None:
    unverified = tuple(
        replace(visit, exchanges=tuple(replace(each, is_unverified=True) for each in visit.exchanges))
        if visit.target.url == SOUTH
        else visit
        for visit in audit.visits
    )
    told = [each for each in find(replace(audit, visits=unverified)) if each.rule == "insecure-link"]
    message = "opened without a look at the server's certificate, as `insecure_tls` is set: it may be anybody's"
    assert [(each.target, each.message) for each in told][:1] == [(SOUTH, message)]
