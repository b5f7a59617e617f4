"""Who gets into the console, and who does not: over real HTTP, with all the tricks we know."""

import json
from collections.abc import Generator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select
from tests.console.stage import EVIL, SATO, Stage, staged
from tests.local_slack.answers import GOALS, cite

from aspire_bot.console.access.guard import OPEN, READERS, Guard
from aspire_bot.console.access.rates import RateLimit
from aspire_bot.console.app import build_console
from aspire_bot.console.parts import ConsoleOptions, ProxySignIn
from aspire_bot.state.console.console_access import Person
from aspire_bot.state.database.console_tables import console_sessions
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.types import Audience

COOKIE = "aspire-console"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stage]:
    with staged(tmp_path_factory.mktemp("console")) as running:
        yield running


@pytest.fixture
def anyone(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url) as client:
        yield client


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url) as client:
        assert client.post(stage.sign_in_path()).status_code == 303
        yield client


def form_token(client: httpx.Client) -> str:
    return client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]


def routes(stage: Stage) -> list[tuple[str, str, str]]:
    """Endpoint, method and a path of every route there is."""
    found: list[tuple[str, str, str]] = []
    for rule in build_console(stage.parts).url_map.iter_rules():
        path = rule.rule
        for name in sorted(map(str, rule.arguments)):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  Werkzeug leaves it open
            path = path.replace(f"<{name}>", "a1").replace(f"<path:{name}>", "console.css")
        methods = (rule.methods or set[str]()) - {"OPTIONS"}
        found += [(rule.endpoint, method, path) for method in sorted(methods)]
    return found


def test_every_route_refuses_whoever_is_not_staff(stage: Stage, anyone: httpx.Client) -> None:
    stranger = stage.state.sessions.begin(replace(SATO, user="U1"), "link")
    tried = 0
    for cookies in ({}, {COOKIE: stranger}, {COOKIE: "x" * 43}, {COOKIE: ""}):
        anyone.cookies = httpx.Cookies(cookies)
        for endpoint, method, path in routes(stage):
            reply = anyone.request(method, path, data={"text": "x", "reason": "x", "id": "goals"})
            if endpoint in OPEN:
                assert reply.status_code < 500
                continue
            tried += 1
            is_sent_to_sign_in = reply.headers.get("Location") == "/console/sign-in"
            assert (method == "GET" and is_sent_to_sign_in) or reply.status_code == 403, path
            assert "goals" not in reply.text
    assert tried > 100
    assert {one for one in OPEN if "sign_in" not in one} == {"static"} | READERS
    assert stage.answerer.asked == []
    assert [row.act for row in stage.state.audit.all()] == []


def test_methods_and_paths_that_are_none_are_refused(stage: Stage, anyone: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        assert anyone.request(method, "/answers").status_code in {403, 405}
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/..", "//x"):
        reply = httpx.get(stage.url + path)
        assert reply.status_code in {303, 403, 404}, path
        assert "build_console" not in reply.text
    assert httpx.get(f"http://127.0.0.1:{stage.port}/consolex").status_code == 404
    assert httpx.get(f"http://127.0.0.1:{stage.port}/healthz").status_code == 200


def test_a_link_signs_in_once_and_looking_at_it_does_not_use_it(
    stage: Stage, anyone: httpx.Client
) -> None:
    path = stage.sign_in_path()
    for _ in range(2):
        assert anyone.get(path).status_code == 200
    reply = anyone.post(path, headers={"Cookie": f"{COOKIE}=fixed-by-somebody"})
    made = reply.headers["Set-Cookie"]
    assert reply.status_code == 303
    assert "fixed-by-somebody" not in made
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/console"):
        assert flag in made
    assert anyone.get("/").status_code == 200
    with httpx.Client(base_url=stage.url) as other:
        assert other.post(path).status_code == 403
        assert other.get("/").status_code == 303
        other.cookies.set(COOKIE, "fixed-by-somebody", path="/console")
        assert other.get("/").status_code == 303


def test_a_new_sign_in_ends_the_session_before(stage: Stage, sato: httpx.Client) -> None:
    former = sato.cookies[COOKIE]
    assert sato.post(stage.sign_in_path()).status_code == 303
    assert sato.cookies[COOKIE] != former
    assert stage.state.sessions.get(former) is None


def test_who_is_staff_no_more_is_out_at_once(stage: Stage, anyone: httpx.Client) -> None:
    path = stage.sign_in_path(Person(team="T1", user="U1", name="Alice", language="en"))
    assert anyone.post(path).status_code == 403
    assert anyone.get("/").status_code == 303


def test_signing_out_ends_the_session_everywhere(stage: Stage, sato: httpx.Client) -> None:
    cookie = sato.cookies[COOKIE]
    assert sato.post("/sign-out", data={"form_token": form_token(sato)}).status_code == 200
    assert COOKIE not in sato.cookies
    sato.cookies.set(COOKIE, cookie, path="/console")
    assert sato.get("/").status_code == 303


def test_an_act_wants_the_token_of_its_session_and_our_own_page(
    stage: Stage, sato: httpx.Client
) -> None:
    path, reason = "/questions/g1/dismiss", {"reason": "out of scope"}
    token = form_token(sato)
    other = stage.state.sessions.begin(SATO, "link")
    with httpx.Client(base_url=stage.url, cookies={COOKIE: other}) as second:
        foreign = form_token(second)
    for given in ({}, {"form_token": ""}, {"form_token": foreign}, {"form_token": "é"}):
        assert sato.post(path, data={**reason, **given}).status_code == 403
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{stage.port}.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        data = {**reason, "form_token": token}
        assert sato.post(path, data=data, headers=headers).status_code == 403
    gap = stage.state.gaps.get("g1")
    assert gap is not None
    assert gap.status == "open"
    ours = {"Origin": f"http://127.0.0.1:{stage.port}", "Sec-Fetch-Site": "same-origin"}
    reply = sato.post(path, data={**reason, "form_token": token}, headers=ours)
    assert reply.status_code == 303
    stage.state.gaps.set_status("g1", "open")
    row = stage.state.audit.latest(1)[0]
    assert (row.actor, row.act, row.target) == ("U3", "question.dismiss", "g1")
    assert row.before == {"status": "open"}


def test_nobody_is_sent_to_another_site(stage: Stage) -> None:
    for wanted in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/console//evil.example",
        "/console/../../evil",
        "/console/%0d%0aSet-Cookie:x=1",
        "/console\t/x",
        "/elsewhere",
        "javascript:alert(1)",
    ):
        with httpx.Client(base_url=stage.url) as client:
            client.cookies.set("aspire-console-next", wanted, path="/console")
            reply = client.post(stage.sign_in_path())
            assert reply.headers["Location"] == "/console/", wanted
    with httpx.Client(base_url=stage.url) as client:
        assert client.get("/answers?text=a&vote=down").headers["Location"] == "/console/sign-in"
        reply = client.post(stage.sign_in_path())
        assert reply.headers["Location"] == "/console/answers?text=a&vote=down"


def test_another_name_of_this_host_is_not_served(stage: Stage, anyone: httpx.Client) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", f"evil.example:{stage.port}", "[::"):
        assert anyone.get("/sign-in", headers={"Host": host}).status_code == 400


def test_every_page_says_what_a_browser_may_do(stage: Stage, sato: httpx.Client) -> None:
    for path in ("/", "/nothing", "/static/console.css", "/d/x", "/sign-in"):
        headers = sato.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in policy
        assert (headers["Cache-Control"] == "no-store") == (path != "/static/console.css")


def test_what_anybody_wrote_is_shown_and_never_run(stage: Stage, sato: httpx.Client) -> None:
    hostile = "/documents/show?id=evil%2F..%2F%3Cid%3E"
    paths = ("/", "/answers", "/answers/a2", "/answers/a1", "/approved", "/approved/ap1", hostile)
    for path in (*paths, "/documents", "/audit", "/approved/new?question=g1"):
        text = sato.get(path).text
        assert "<script>document" not in text, path
        assert "<img src=x" not in text, path
        assert 'href="javascript' not in text, path
    assert "&lt;script&gt;document" in sato.get("/answers/a2").text
    found = sato.get("/answers", params={"text": EVIL}).text
    assert "<script>document" not in found


def test_what_is_opened_to_everybody_names_no_document_for_staff(
    stage: Stage, sato: httpx.Client
) -> None:
    kept = stage.state.approvals
    (former,) = (one for one in kept.all() if one.approval_id == "ap1")
    plan = CitedSource(document_id="plan", title="Budget")
    sources = (*former.sources, plan)
    kept.add(replace(former, approval_id="ap2", audience="staff", sources=sources))
    fields = {"question": "Q", "text": "A", "valid_until": "2030-01-01", "audience": "public"}
    reply = sato.post("/approved/ap2", data={**fields, "form_token": form_token(sato)})
    renewed = kept.get(reply.headers["Location"].rpartition("/")[2])
    assert renewed is not None
    assert [one.document_id for one in renewed.sources] == ["goals"]


def test_too_many_tries_to_sign_in_are_stopped(tmp_path: Path) -> None:
    with staged(tmp_path, guard=Guard()) as own, httpx.Client(base_url=own.url) as client:
        codes = [client.post("/sign-in/wrong").status_code for _ in range(25)]
        assert codes.count(403) == 20
        assert codes[-1] == 429
        assert client.post(own.sign_in_path()).status_code == 429


def test_forms_of_other_sites_use_up_no_try_to_sign_in(tmp_path: Path) -> None:
    with staged(tmp_path, guard=Guard()) as own, httpx.Client(base_url=own.url) as client:
        foreign = {"Origin": "https://evil.example"}
        for _ in range(25):
            assert client.post("/sign-in/wrong", headers=foreign).status_code == 403
        assert client.post(own.sign_in_path()).status_code == 303


def proxied(folder: Path, network: str) -> ConsoleOptions:
    del folder
    proxy = ProxySignIn(
        header="X-Forwarded-User",
        networks=(ip_network(network),),
        staff=frozenset({"hanako@example.org"}),
    )
    return ConsoleOptions(proxy=proxy)


def test_a_proxy_says_who_is_there(tmp_path: Path) -> None:
    options = proxied(tmp_path, "127.0.0.0/8")
    with staged(tmp_path, options=options) as own, httpx.Client(base_url=own.url) as client:
        hanako = {"X-Forwarded-User": "hanako@example.org"}
        assert client.get("/").status_code == 303
        assert client.get("/", headers=hanako).status_code == 200
        # Without the header the session that it began is none.
        assert client.get("/").status_code == 303
        assert client.get("/", headers={"X-Forwarded-User": "eve@example.org"}).status_code == 303
        joined = [
            ("X-Forwarded-User", "eve@example.org"),
            ("X-Forwarded-User", "hanako@example.org"),
        ]
        assert client.get("/", headers=joined).status_code == 303
        assert (
            client.get("/", headers={"X_Forwarded_User": "hanako@example.org"}).status_code == 303
        )
        client.cookies.clear()
        assert client.get("/", headers=hanako).status_code == 200
        token = client.get("/audit", headers=hanako).text
        sent = {"form_token": token.split('name="form_token" value="')[1].split('"')[0]}
        reply = client.post("/questions/g1/dismiss", data={**sent, "reason": "x"}, headers=hanako)
        assert reply.status_code == 303
        assert own.state.audit.latest(1)[0].actor == "hanako@example.org"


def test_whom_the_proxy_names_has_one_session_and_one_count_without_cookies_too(
    tmp_path: Path,
) -> None:
    guard = Guard(all_requests=RateLimit(12, 60))
    with staged(tmp_path, options=proxied(tmp_path, "127.0.0.0/8"), guard=guard) as own:

        def asked(name: str, cookie: str = "") -> int:
            """Ask as a client that keeps no cookies, or sends ones of its own making."""
            headers = {"X-Forwarded-User": name} | ({"Cookie": cookie} if cookie else {})
            return httpx.get(f"{own.url}/audit", headers=headers).status_code

        hanako = "hanako@example.org"
        codes = [asked(hanako, f"{COOKIE}={n}" if n % 2 else "") for n in range(15)]
        assert codes == [200] * 12 + [429] * 3
        rows = select(console_sessions.c.user)
        with own.state.database.read() as connection:
            assert connection.execute(rows).scalars().all() == [hanako]
        # Who is named and not staff uses up their own count, and not that of readers.
        assert [asked("eve@example.org") for _ in range(13)] == [303] * 12 + [429]
        assert httpx.get(f"{own.url}/sign-in").status_code == 200


def test_several_sessions_of_a_person_are_counted_together(tmp_path: Path) -> None:
    guard = Guard(all_requests=RateLimit(8, 60))
    with staged(tmp_path, guard=guard) as own:
        cookies = [own.state.sessions.begin(SATO, "link") for _ in range(3)]
        codes = [
            httpx.get(f"{own.url}/audit", cookies={COOKIE: cookie}).status_code
            for cookie in cookies * 3
        ]
        assert codes == [200] * 8 + [429]


def test_who_is_not_known_is_counted_by_where_they_are(stage: Stage) -> None:
    guard = Guard(sign_ins=RateLimit(1, 60))
    client = build_console(stage.parts, guard).test_client()

    def tried(address: str) -> int:
        reply = client.post(
            "/sign-in/wrong",
            base_url="http://127.0.0.1",
            environ_overrides={"REMOTE_ADDR": address},
        )
        return reply.status_code

    assert tried("2001:db8:1:2::1") == 403
    assert tried("2001:db8:1:2::9") == 429, "an address of the same site"
    assert tried("2001:db8:1:3::1") == 403
    assert tried("192.0.2.7") == 403


def test_a_header_from_elsewhere_is_nothing(tmp_path: Path) -> None:
    options = proxied(tmp_path, "10.0.0.0/8")
    with staged(tmp_path, options=options) as own:
        hanako = {"X-Forwarded-User": "hanako@example.org", "X-Forwarded-For": "10.0.0.1"}
        assert httpx.get(f"{own.url}/", headers=hanako).status_code == 303


def test_in_the_playground_whoever_is_here_is_staff(tmp_path: Path) -> None:
    options = ConsoleOptions(open_as=SATO)
    with staged(tmp_path, options=options) as own, httpx.Client(base_url=own.url) as client:
        reply = client.get("/", headers={"Host": "evil.example"})
        assert reply.status_code == 400
        assert "Set-Cookie" not in reply.headers  # no session was begun
        assert client.get("/").status_code == 200
        assert client.post("/questions/g1/dismiss", data={"reason": "x"}).status_code == 403


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_a_signed_page_opens_its_document_and_nothing_else(
    stage: Stage, anyone: httpx.Client, audience: Audience
) -> None:
    links = stage.parts.page_links
    assert links is not None
    text = "It funds international joint research."
    with stage.parts.open_index() as index:
        document = index.document("goals")
    start = document.text.index(text)
    citation = replace(
        cite(1, replace(GOALS, document_id="goals")), quote=text, start=start, end=start + len(text)
    )
    path = urlsplit(links.link(citation, audience)).path.removeprefix("/console")
    reply = anyone.get(path)
    assert reply.status_code == 200
    assert f'<mark id="quote">{text}</mark>' in reply.text
    assert COOKIE not in anyone.cookies
    assert anyone.get("/").status_code == 303
    body, signature = path.removeprefix("/d/").split(".")
    for forged in (f"{body}x.{signature}", f"{body}.{signature[:-2]}", body, f".{signature}"):
        assert anyone.get(f"/d/{forged}").status_code == 403
    assert anyone.post(path).status_code in {403, 405}
    late = replace(links, now=lambda: links.now().replace(year=2999))
    assert late.read(path.removeprefix("/d/")) is None


def test_what_is_for_staff_opens_for_staff_alone(
    stage: Stage, anyone: httpx.Client, sato: httpx.Client
) -> None:
    links = stage.parts.page_links
    assert links is not None
    plan = replace(cite(1, replace(GOALS, document_id="plan")), quote="Only", start=0, end=4)
    audiences: tuple[Audience, ...] = ("public", "staff")
    public, staff = (
        urlsplit(links.link(plan, one)).path.removeprefix("/console") for one in audiences
    )
    assert anyone.get(public).status_code == 403
    assert anyone.get(staff).status_code == 403
    assert sato.get(public).status_code == 403
    assert sato.get(staff).status_code == 200
    gone = replace(cite(1, replace(GOALS, document_id="nothing")), quote="x", start=0, end=1)
    path = urlsplit(links.link(gone, "public")).path.removeprefix("/console")
    assert anyone.get(path).status_code == 404


def test_the_audit_log_is_given_in_the_shape_of_ocsf(stage: Stage, sato: httpx.Client) -> None:
    lines = [json.loads(line) for line in sato.get("/audit.jsonl").text.splitlines()]
    assert lines[-1]["metadata"]["event_code"] == "audit.export"
    for event in lines:
        assert event["class_uid"] in {3002, 3004}
        assert event["type_uid"] == event["class_uid"] * 100 + event["activity_id"]
        assert event["actor"]["user"]["uid"]
    signed_in = [event for event in lines if event["class_uid"] == 3002]
    assert signed_in[0]["user"]["uid"] == "U3"
    assert stage.state.audit.faults() == ()
