import pytest

from citecheck.extractor.credits import CreditLine, credits_of
from citecheck.extractor.extraction import document_of
from citecheck.extractor.outlets import registry
from citecheck.extractor.readers.html.signoffs import says_whose
from citecheck.model import AttributionKind, Block, BlockKind, Credit, Mark, Source
from citecheck.settings import Settings


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, (Mark(0, 9, 3),))


def names(text: str) -> list[str] | None:
    line = credits_of(block(text), registry())
    return None if line is None else [credit.name for credit in line.credits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("With reporting by AFP, Sky News and TASS.", ["AFP", "Sky News", "TASS"]),
        ("With reporting from AFP, The Daily Telegraph, and News.Am.", ["AFP", "The Daily Telegraph", "News.Am"]),
        ("  With reporting by RFE/RL, TASS and Washington Post.", ["Radio Free Europe", "TASS", "The Washington Post"]),
        ("With additional reporting from Civilnet", ["Civilnet"]),
        ("Based on reporting by AFP, RFE/RL's Armenian Service, and TASS", ["AFP", "Radio Free Europe", "TASS"]),
        ("Some information for this report provided by Interfax.", ["Interfax"]),
        ("With files from The Associated Press and Mohamed Roe", ["Associated Press"]),
        ("With reporting by Associated Press writer Jo Doe", ["Associated Press"]),
        ("With reporting by AFP and Getty Images", ["AFP"]),
        ("Associated Press writer Jo Doe contributed from Port Quay.", ["Associated Press"]),
        ("Contributing: Jo Doe and Al Roe, USA TODAY", ["USA Today"]),
        ("This post was written by Vice President Jo Doe", []),
        ("Compiled from Xinhua & Kyodo News", ["Xinhua", "Kyodo News"]),
        ("Jo Doe and Reuters contributed to this report.", ["Reuters"]),
        ("AP Technology Writer Jo Doe in Port Quay contributed to this report.", ["Associated Press"]),
        ("Sources: NBC News (2), Ada Roe/Twitter / Photo Credit: Jo Doe/Flickr", ["NBC News"]),
        ("AFP contributed to this story", ["AFP"]),
        ("SOURCE: Al Jazeera and news agencies", ["Al Jazeera"]),
        ("With AFP", ["AFP"]),
        ("With reporting by dpa and AFP in Paris, Lyon and Kyiv, and by Reuters.", ["dpa", "AFP", "Reuters"]),
        ("With reporting by AFP in Paris, the Harbour Post and TASS.", ["AFP", "Harbour Post", "TASS"]),
        ("Via Reuters", ["Reuters"]),
        ("(avec AFP et Reuters)", ["AFP", "Reuters"]),
        ("(Con información de AFP, EFE y Reuters)", ["AFP", "EFE", "Reuters"]),
        ("Mit Informationen der Nachrichtenagenturen AFP, dpa und KNA", ["AFP", "dpa", "KNA"]),
        ("По материалам ТАСС и РБК", ["TASS", "RBC"]),
        ("With reporting by AFP, AFP and Agence France-Presse", ["AFP"]),
        ("(With inputs from PTI and agencies)", ["Press Trust of India"]),
        ("(FR mit dpa)", ["dpa"]),
        ("Quelle: ntv.de, abc/dpa", ["n-tv", "dpa"]),
        ("dpa/AFP/rtr", ["dpa", "AFP"]),
        (
            "Mit Informationen der ARD-Korrespondenten sowie -Reporter, AFP, ehn und Reuters",
            ["ARD", "AFP", "ehn", "Reuters"],
        ),
        ("Par Jo Doe avec AFP", ["AFP"]),
        ("La rédaction avec AFP", ["AFP"]),
        ("© 2021 AFP", ["AFP"]),
        ("(EFE)", ["EFE"]),
        ("(Reuters/QAN)", ["Reuters", "QAN"]),
        ("Com informações da Reuters", ["Reuters"]),
        ("Fonte: ANSA", ["ANSA"]),
        ("Bron: ANP", ["ANP"]),
        ("Źródło: PAP", ["PAP"]),
        ("— Agence France-Presse", ["AFP"]),
        # names that the registry does not know, when they are clearly outlets
        ("With reporting by AFP, Quay Post, Radio Pier, QRTV and Jo Doe", ["AFP", "Quay Post", "Radio Pier", "QRTV"]),
        ("With reporting by the news site Pierwatch, AFP and Quay.example", ["Pierwatch", "AFP", "Quay.example"]),
        ("With reporting by PierWatch.", ["PierWatch"]),
        ("Compiled from reports by 24.example and AFP", ["24.example", "AFP"]),
        ("Con información de EFE y El Muelle", ["EFE", "El Muelle"]),
        ("Sources: AFP, Pierwatch, the harbour police", ["AFP", "Pierwatch"]),
        ("Quellen: dpa, hfn", ["dpa", "hfn"]),
        ("Reporting: AFP, Omroep Haven", ["AFP", "Omroep Haven"]),
        ("Reports by AFP, HINA and TASS were used for this diary.", ["AFP", "HINA", "TASS"]),
        ("来源：新华社、港", ["Xinhua", "港"]),
        ("dh/zc (AFP, Reuters)", ["AFP", "Reuters"]),
        ("Avec l’AFP et Reuters", ["AFP", "Reuters"]),
        ("Źródło: PIER FM", ["PIER FM"]),
        ("_NTB, Reuters and Bloomberg contributed to this report._", ["NTB", "Reuters", "Bloomberg"]),
        (
            "Reporting by AP, Journal of Piers, PierWaves and Jo McDoe",
            ["Associated Press", "Journal of Piers", "PierWaves"],
        ),
        ("Par Jo Doe, avec Reuters et l'AFP", ["Reuters", "AFP"]),
        ("Met ANP. Foto: Jo Doe / AP", ["ANP"]),
        ("AP, Reuters, AFP and dpa", ["Associated Press", "Reuters", "AFP", "dpa"]),
        ("Con fonti ANSA", ["ANSA"]),
        ("Contributed reporting: AFP, RTHK.", ["AFP", "RTHK"]),
        ("This live file was compiled with reports from AP and AFP.", ["Associated Press", "AFP"]),
        ("Compiled by the foreign desk from AFP and Irrawaddy reports", ["AFP", "The Irrawaddy"]),
        ("Par Jo Doe (à Rome) et Le Quai avec AFP", ["AFP"]),
        ("(Avec AFP, Le Quai 24 et Reuters)", ["AFP", "Le Quai 24", "Reuters"]),
        ("AP journalists Jo Doe in Rome contributed to this report, as did Ann Poe.", ["Associated Press"]),
        ("Com agências Reuters e Lusa", ["Reuters", "Lusa"]),
        ("This article is based on reports by the BBC and Reuters.", ["BBC", "Reuters"]),
        ("Mit dpa-Material", ["dpa"]),
        ("Jo Doe, with AFP and Reuters", ["AFP", "Reuters"]),
        ("La rédaction (avec AFP et Reuters)", ["AFP", "Reuters"]),
        ("This page draws on reporting by AFP and Reuters.", ["AFP", "Reuters"]),
        ("Dieser Text entstand mit Material von AFP und Reuters.", ["AFP", "Reuters"]),
        ("Mede op basis van ANP en AFP", ["ANP", "AFP"]),
        ("EFE / Redacción", ["EFE"]),
        ("sda/afp/jw", ["Keystone-SDA", "AFP"]),
        # every word is a credit line's, in whatever order
        ("Information for this article was provided by TASS and Interfax.", ["TASS", "Interfax"]),
        ("Material from the Quay and AFP was also used.", ["AFP"]),
        ("Article réalisé avec l'AFP", ["AFP"]),
        ("Diese Meldung wurde mit Material der Nachrichtenagenturen dpa und AFP erstellt.", ["dpa", "AFP"]),
        ("Redacción con información de agencias EFE y AP", ["EFE", "Associated Press"]),
        ("При подготовке материала использованы сообщения ТАСС и РБК", ["TASS", "RBC"]),
        ("Opracowanie na podstawie PAP i BBC", ["PAP", "BBC"]),
        ("(APA, Reuters, red)", ["APA", "Reuters"]),
        ("Verwendetes Material: dpa, AFP", ["dpa", "AFP"]),
        ("Avec l'AFP, L'Orient-Le Jour et Daraj", ["AFP", "L'Orient-Le Jour", "Daraj"]),
        ("В подготовке текста использована информация РИА Новости и ТАСС.", ["RIA Novosti", "TASS"]),
        ("Elaborado por Jo Doe con información de AFP, EFE y Muelle.example.", ["AFP", "EFE", "Muelle.example"]),
        ("出典：共同通信、ロイター", ["Kyodo News", "Reuters"]),
        (
            "Log kept by the Africa desk with AFP, KBC and Citizen TV.",
            ["AFP", "Kenya Broadcasting Corporation", "Citizen TV"],
        ),
        ("Con información de EFE y la corresponsalía en Roma", ["EFE"]),
        ("Kilder: NTB, NRK og Kade Blad", ["NTB", "NRK", "Kade Blad"]),
        ("Fuentes consultadas: EFE y AFP", ["EFE", "AFP"]),
        ("With thanks to Quay News and AFP for their reporting.", ["Quay News", "AFP"]),
        ("Met medewerking van ANP en Kadewacht", ["ANP", "Kadewacht"]),
        ("jd/dpa/Reuters", ["dpa", "Reuters"]),
        ("Text: dpa", ["dpa"]),
        ("Z wykorzystaniem materiałów PAP", ["PAP"]),
        ("Na podstawie depesz PAP", ["PAP"]),
    ],
)
def test_a_credit_line_gives_its_outlets_in_order(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AFP, Reuters", ["AFP", "Reuters"]),
        ("[Reuters]", ["Reuters"]),
        ("PAP", ["PAP"]),
        ("AFP / Reuters", ["AFP", "Reuters"]),
        ("Redacción / EFE", ["EFE"]),
        ("PAP, Radio Kraków", ["PAP", "Radio Kraków"]),
        ("(APA, red)", ["APA"]),
        ("TT-Reuters", ["TT", "Reuters"]),
        ("Keystone-SDA", ["Keystone-SDA"]),
        ("Jo Doe", None),
        ("Das sagte ein Sprecher der Deutschen Presse-Agentur", None),
        ("Mehr", None),
        ("AP", ["Associated Press"]),
        ("The Guardian", None),
        ("AFP was not available", None),
        ("From Bloomberg:", None),
        ("[[AFP]] [[Reuters]]", None),
    ],
)
def test_names_of_agencies_alone_are_a_credit_where_they_close_a_text(text: str, expected: list[str] | None) -> None:
    line = credits_of(block(text), registry(), closes=True)
    assert (line and [credit.name for credit in line.credits]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "(Reporting by A. Roe in Paris and Jo Doe; Editing by C Moe)",
        "(Reporting by A Roe Editing by B Doe)",
        "Writing by Jo Doe",
        "Aerospace Writer M. D. Roe contributed to this report.",
        "With reporting by Jo Doe and Al Roe.",
        "SOURCE: News agencies",
        "With reporting by Doe.",
    ],
)
def test_people_and_unnamed_agencies_sign_without_a_credit(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "(photo AFP)",
        "(Jo Doe/AFP/Getty Images)",
        "",
        "With AFP and the help of many friends the exhibition was put together.",
        "From Tbilisi with love",
        "Source: own calculations",
        "Via Appia",
        "По данным ТАСС, задержаны двое.",
        "Com a ajuda do governo, a obra avança.",
        "(AFP was not available.)",
        "Gespräch mit CNN",
        "— CNN reported it first",
        "AP / TASS",
        "Reuters",
        "Jo Doe reported from Seoul, and Al Roe from Hong Kong.",
        "The paper contributed to this report, which says much.",
        "With reporting by local journalists becoming harder by the day, the newsroom decided to stop. It closed.",
        "With reporting by AFP. The bridge was closed on Monday after a storm, and it will not open before spring.",
        "Photo: Jo Doe/AP",
        "Foto: Jo Doe / ANP",
        "Photo by Jo Doe/AP",
        "(Credit: Jo Doe / Grist)",
        "(Fotos: Jo Doe/Welt)",
        "(Bild: Jo Doe)",
        "(ein Klick auf das Bild vergrößert es)",
        "(Ein Blick in die Zeit)",
        "Quelle: Jo Doe (Text), Al Roe (Bild)",
        "Reuters / AP",
        "AP, Reuters and AFP reported it.",
    ],
)
def test_prose_is_no_credit_line(text: str) -> None:
    assert names(text) is None


def test_the_last_sentence_of_a_paragraph_may_close_with_a_credit() -> None:
    source = "It rained.\n\nPoe reported from Rome. Reuters contributed to this report.\n"
    (update,) = document_of(Source("x", source.encode()), Settings()).updates
    assert [(credit.outlet, credit.line, credit.column) for credit in update.credits] == [("Reuters", 3, 25)]
    assert [claim.text for claim in update.claims] == ["It rained.", "Poe reported from Rome."]


def test_a_credit_stands_where_its_name_begins_even_on_a_second_line() -> None:
    text = "With reporting by AFP, Sky News and Amnesty International."
    broken = Block(BlockKind.PARAGRAPH, text, (Mark(0, 47, 1), Mark(27, 48, 1)))
    assert credits_of(broken, registry()) == CreditLine(
        text,
        47,
        (
            Credit("AFP", "AFP", 47, 19),
            Credit("Sky News", "Sky News", 47, 24),
            Credit("Amnesty International", "Amnesty International", 48, 10, AttributionKind.ORGANISATION),
        ),
    )


def test_a_sentence_with_another_word_or_none_that_tells_is_no_credit_line() -> None:
    for said in (
        "Russia used material from AP.",
        "Material from a TASS report was quoted by Interfax and the BBC.",
        "Information is power, the Guardian wrote.",
        "This is the story of the BBC.",
        "La redazione di Repubblica",
        "Met AFP, ANP en het nieuwe kabinet",
        "Con información de AP y EFE. El ministro dimite.",
    ):
        assert names(said) is None


def test_the_last_sentence_of_a_paragraph_may_be_one_by_its_words_alone() -> None:
    source = "It rained. Für diesen Beitrag wurde Material von AP verwendet."
    found = document_of(Source("x", source.encode(), "text/plain"), Settings())
    assert [credit.outlet for credit in found.updates[0].credits] == ["Associated Press"]


def test_headings_and_embeds_credit_nobody() -> None:
    for kind in (BlockKind.HEADING, BlockKind.EMBED):
        assert credits_of(block("With reporting by AFP", kind), registry()) is None


def test_a_credit_sentence_before_a_note_is_parted_from_it() -> None:
    text = "Mit Informationen der Agenturen AFP und dpa. Die Angaben sind nicht unabhängig geprüft."
    source = Source("a.txt", f"Eine Brücke ist gesperrt.\n\n{text}\n".encode())
    (update,) = document_of(source, Settings()).updates
    assert [(each.outlet, each.line, each.column) for each in update.credits] == [("AFP", 3, 33), ("dpa", 3, 41)]
    assert [claim.text for claim in update.claims] == [
        "Eine Brücke ist gesperrt.",
        "Die Angaben sind nicht unabhängig geprüft.",
    ]


@pytest.mark.parametrize(
    "text", ["Source: the harbour police", "Sources: Jo Doe, Al Roe", "Source: AFP said on Monday that it would close"]
)
def test_sources_that_are_no_list_of_outlets_are_no_credit(text: str) -> None:
    assert names(text) is None


def credited(text: str) -> list[list[str]]:
    document = document_of(Source("a.txt", text.encode()), Settings())
    return [[credit.text for credit in update.credits] for update in document.updates]


def test_a_name_of_the_line_is_an_outlets_when_a_sentence_cites_it_as_one() -> None:
    line = "\n\nWith reporting by AFP and Civil Harbour.\n"
    assert credited("The dam held, Civil Harbour reported." + line) == [["AFP", "Civil Harbour"]]
    assert credited("The dam held, said Civil Harbour." + line) == [["AFP"]]


def test_a_name_of_the_line_is_an_outlets_when_a_link_leads_to_a_host_of_that_name() -> None:
    source = "It rained: https://muellevivo.example/1.\n\nWith reporting by AFP, Jo Doe and Muelle Vivo\n"
    (update,) = document_of(Source("x", source.encode()), Settings()).updates
    assert [credit.text for credit in update.credits] == ["AFP", "Muelle Vivo"]


def test_a_source_behind_the_sentence_credits_its_outlet_but_in_brackets_only_cites_it() -> None:
    source = "It rained. Source: Reuters (https://a.example/1)\n\nSun. (Source: AFP, https://a.example/2)\n"
    (update,) = document_of(Source("x", source.encode()), Settings()).updates
    assert [(credit.outlet, credit.line, credit.column) for credit in update.credits] == [("Reuters", 1, 20)]
    assert [claim.text for claim in update.claims] == ["It rained.", "Sun."]


def test_a_list_of_sources_credits_the_outlets_that_its_items_name() -> None:
    text = (
        "The dam held.\n\nSources:\n- AFP: https://a.example/1\n- The mayor, https://a.example/2\n"
        "- Reuters, “What the dam can hold”, 2 May 2024\n"
    )
    document = document_of(Source("a.txt", text.encode()), Settings())
    update = document.updates[0]
    assert [credit.outlet for credit in update.credits] == ["AFP", "Reuters"]
    assert (update.credit_line, update.credit_line_at) == ("Sources: AFP, Reuters", 3)
    assert [claim.text for claim in update.claims] == ["The dam held."]


def test_a_credit_line_below_a_url_is_one() -> None:
    assert credited("The dam held. https://a.example/1\nSource: AFP\n") == [["AFP"]]


def test_a_reference_that_names_its_outlet_credits_it() -> None:
    assert credited("The dam held.\nSource: AFP (https://a.example/1)\n") == [["AFP"]]
    assert credited("The dam held.\nSource: The mayor, a letter (https://a.example/1)\n") == [[]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("With files from The Associated Press and Mara Quill", True),
        ("Ada Moor in Aure contributed to this report.", True),
        ("ab/Reuters", True),
        ("AFP/Reuters", True),
        ("Weitere Quellen • AP", True),
        ("Quelle: dpa", True),
        ("mit dpa", True),
        ("Mit dem Newsletter erfahren Sie alles zuerst", False),
        ("Biology/Health", False),
        ("Source: " + "a mayor and " * 20, False),
    ],
)
def test_a_line_by_itself_says_whose_material_a_text_is(line: str, expected: bool) -> None:
    assert says_whose(line) is expected


def test_a_publisher_is_no_source_of_its_own_text() -> None:
    source = "The dam held overnight.\n\nSource: AFP, Reuters\n"
    settings = Settings(publisher="Reuters")
    (update,) = document_of(Source("x", source.encode()), settings).updates
    assert [credit.outlet for credit in update.credits] == ["AFP"]
