"""Mutations of the bytes of any file: encodings, cuts, repeated and exchanged lines."""

import random

from fuzzing.mutant import Change, Unfit, changed_file, content_of, kind, text_of
from fuzzing.workspace import Tree

LARGE = 3_000_000


@kind("cut off")
def cut(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    at = rng.randrange(len(content))
    return changed_file(tree, file, content[:at], f"cut off after {at} of {len(content)} bytes", *_words(content, at))


@kind("a piece missing")
def piece(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    at, size = rng.randrange(len(content)), rng.choice((1, 2, 5, 20, 100, 1000))
    return changed_file(tree, file, content[:at] + content[at + size :], f"{size} bytes missing at {at}",
                        *_words(content, at))


@kind("a byte changed")
def byte(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    at, new = rng.randrange(len(content)), rng.randrange(256)
    return changed_file(tree, file, content[:at] + bytes([new]) + content[at + 1 :], f"byte {at} set to {new:#04x}",
                        *_words(content, at))


@kind("a line twice")
def line_twice(tree: Tree, file: str, rng: random.Random) -> Change:
    lines = text_of(tree, file).splitlines(keepends=True)
    at = rng.randrange(len(lines))
    return changed_file(tree, file, "".join((*lines[: at + 1], *lines[at:])), f"line {at + 1} twice",
                        *_words(lines[at].encode(), 0))


@kind("two lines exchanged")
def lines_exchanged(tree: Tree, file: str, rng: random.Random) -> Change:
    lines = text_of(tree, file).splitlines(keepends=True)
    if len(lines) < 2:
        raise Unfit
    at = rng.randrange(len(lines) - 1)
    lines[at : at + 2] = reversed(lines[at : at + 2])
    return changed_file(tree, file, "".join(lines), f"lines {at + 1} and {at + 2} exchanged",
                        *_words("".join(lines[at : at + 2]).encode(), 0))


@kind("another encoding")
def encoding(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    name = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"))
    return changed_file(tree, file, text.encode(name, "replace"), f"written in {name}", must="be refused")


@kind("a letter of another encoding")
def latin(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    at = rng.randrange(len(content))
    new = rng.choice((b"\xe9", b"\xff", b"\x80", b"\xc3(", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"))
    return changed_file(tree, file, content[:at] + new + content[at:], f"{new!r} at byte {at}", must="be refused")


@kind("a zero byte")
def zero(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    at = rng.choice((0, len(content), rng.randrange(len(content))))
    new = b"\0" * rng.choice((1, 1, 512))
    return changed_file(tree, file, content[:at] + new + content[at:], f"{len(new)} zero bytes at {at}",
                        must="be refused")


@kind("a byte order mark")
def mark(tree: Tree, file: str, rng: random.Random) -> Change:
    return changed_file(tree, file, b"\xef\xbb\xbf" + content_of(tree, file), "a byte order mark before it",
                        must="be accepted")


@kind("lines that end in another way")
def line_ends(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    new, what = rng.choice(((b"\r\n", "carriage return and line feed"), (b"\r\n", "CRLF"), (b"\r", "carriage return")))
    return changed_file(tree, file, content.replace(b"\n", new), f"lines end in {what}",
                        must="be read" if new == b"\r" else "be accepted")


@kind("blank lines and remarks")
def remarks(tree: Tree, file: str, rng: random.Random) -> Change:
    lines = text_of(tree, file).split("\n")
    at = rng.randrange(len(lines))
    new = "" if file.endswith(".csv") or rng.random() < 0.5 else "# a remark: with signs, \"quotes\" and [brackets"
    return changed_file(tree, file, "\n".join((*lines[:at], new, *lines[at:])), f"{new!r} put before line {at + 1}")


@kind("empty or nearly")
def empty(tree: Tree, file: str, rng: random.Random) -> Change:
    new = rng.choice((b"", b"\n", b"   ", b"# nothing\n", b"---\n", b"{}\n", b"\xef\xbb\xbf", b"null\n"))
    return changed_file(tree, file, new, f"only {new!r}")


@kind("3 MB")
def large(tree: Tree, file: str, rng: random.Random) -> Change:
    content = content_of(tree, file)
    row = b"2018-01-01,2018-05-01,harbourland,1,assumption,assumption,\n"
    fill = rng.choice((b"# more and more\n", b"\n", b" ", row))
    return changed_file(tree, file, content + fill * (LARGE // len(fill)), f"{LARGE} bytes of {fill!r} after it",
                        must="be refused")


@kind("another file's content")
def another_content(tree: Tree, file: str, rng: random.Random) -> Change:
    ending = file.rpartition(".")[2]
    other = rng.choice(sorted(name for name in tree if name.endswith(ending) and name != file))
    return changed_file(tree, file, content_of(tree, other), f"holds what {other} holds", other)


@kind("random bytes")
def noise(tree: Tree, file: str, rng: random.Random) -> Change:
    return changed_file(tree, file, rng.randbytes(rng.choice((1, 10, 1000, 100_000))), "random bytes")


def _words(content: bytes, at: int) -> tuple[str, ...]:
    """Return the key of the line at a position: what a fault may name that stands elsewhere."""
    start = content.rfind(b"\n", 0, at) + 1
    line = content[start : content.find(b"\n", at) if b"\n" in content[at:] else len(content)]
    key = line.decode("utf-8", "replace").strip(" -").split(":")[0].split(",")[0]
    return (key,) if len(key) > 1 else ()
