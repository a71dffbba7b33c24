"""The vault and the file its key is kept in."""

from pathlib import Path

import pytest

from bot.storage.keyfile import (
    MalformedKey,
    MissingKey,
    key_text,
    make_key,
    new_key,
    parse_key,
    read_key,
    read_or_make_key,
)
from bot.storage.vault import KeyProblem, SealBroken, Vault, WrongKey, unlock

KEY = bytes(range(32))
TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"


def test_a_sealed_text_opens_again() -> None:
    vault = Vault(KEY)
    assert vault.open(vault.seal("سلام, Zoë")).decode() == "سلام, Zoë"
    assert vault.open(vault.seal(b"\x00\xff")) == b"\x00\xff"


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    vault = Vault(KEY)
    assert len({vault.seal("1") for _ in range(100)}) == 100


@pytest.mark.parametrize("damage", ["", "AAAA", "not base64!", "ä"])
def test_a_text_that_was_not_sealed_is_refused(damage: str) -> None:
    with pytest.raises(SealBroken):
        Vault(KEY).open(damage)


def test_a_changed_text_is_refused() -> None:
    vault = Vault(KEY)
    sealed = vault.seal("Arabic, Code K7PM")
    swapped = "A" if sealed[30] != "A" else "B"
    with pytest.raises(SealBroken):
        vault.open(sealed[:30] + swapped + sealed[31:])


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBroken):
        Vault(new_key()).open(Vault(KEY).seal("1"))


def test_a_chat_id_always_has_the_same_lookup_which_does_not_show_it() -> None:
    assert Vault(KEY).lookup(-1001234) == Vault(KEY).lookup(-1001234)
    assert len({Vault(KEY).lookup(number) for number in range(-50, 50)}) == 100
    assert len(Vault(KEY).lookup(1)) == 43
    assert Vault(KEY).lookup(1) != Vault(new_key()).lookup(1)


def test_values_in_databases_out_there_stay_readable() -> None:
    vault = Vault(KEY)
    assert vault.key_check == "Scz_eb-F1z4ff4dcmxZV5PuLGbtgnutWF9NyMLR_Ye4"
    assert vault.lookup(4711) == "AlNgcABnQHjNOc5A1rL-nau9vir9zQM0ctbXsGlId1s"
    assert vault.open("AAAAAAAAAAAAAAAAqNamDKK+EraC9VBZD6sB2jT7vVs=") == b"K7PM"


def test_the_check_value_tells_keys_apart() -> None:
    check = Vault(KEY).key_check
    assert Vault(KEY).matches(check)
    assert not Vault(new_key()).matches(check)
    assert not Vault(KEY).matches("ä")


def test_a_used_database_needs_its_own_key() -> None:
    check = unlock(KEY, None).key_check
    assert unlock(KEY, check).matches(check)
    with pytest.raises(WrongKey) as refused:
        unlock(new_key(), check)
    assert str(refused.value) == "this is not the key the database was written with"


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        Vault(b"short")


def test_a_key_survives_being_text() -> None:
    assert key_text(KEY) == TEXT
    assert parse_key(f" {TEXT}=\n", "BOT_DATA_KEY") == KEY


@pytest.mark.parametrize(
    "text", ["", "secret", TEXT[:-1], TEXT + "A", "ä" * 43, "!" * 43, "/" * 43]
)
def test_what_is_not_a_key_is_named_by_its_source_and_not_shown(text: str) -> None:
    with pytest.raises(MalformedKey) as refused:
        parse_key(text, "BOT_DATA_KEY")
    assert str(refused.value) == (
        "BOT_DATA_KEY: not a key (a key is 32 random bytes as base64url, 43 characters)"
    )


def test_the_first_start_makes_a_key_only_its_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "lotse.key"
    key = read_or_make_key(file, used=False)
    assert read_or_make_key(file, used=True) == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["lotse.key"]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "lotse.key"
    file.write_text(f"{TEXT}\n")
    make_key(file)
    assert read_key(file) == KEY
    assert [each.name for each in tmp_path.iterdir()] == ["lotse.key"]


def test_no_key_is_made_for_a_used_database(tmp_path: Path) -> None:
    file = tmp_path / "lotse.key"
    with pytest.raises(MissingKey) as refused:
        read_or_make_key(file, used=True)
    assert str(refused.value) == f"{file}: the key file is missing"
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"secret", b"\xff\xfe"])
def test_a_malformed_key_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "lotse.key"
    file.write_bytes(content)
    with pytest.raises(MalformedKey, match=str(file)):
        read_or_make_key(file, used=False)
    assert file.read_bytes() == content


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="Is a directory"):
        read_or_make_key(tmp_path, used=False)


def test_a_key_file_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem) as refused:
        read_or_make_key(tmp_path / "nowhere" / "lotse.key", used=False)
    assert str(refused.value) == (
        f"{tmp_path}/nowhere/lotse.key: the key file cannot be made: No such file or directory"
    )
