"""What fsck says; what it finds is in tests/stores/test_ledger_tampers.py."""

from auth.ledger.fsck import _WORDS, Fault


def test_a_fault_is_told_in_both_languages() -> None:
    for code in _WORDS:
        fault = Fault("a1", code, 7)
        assert fault.zh.startswith("日志 a1：")
        assert fault.zh.endswith("。")
        assert fault.en.startswith("log a1: ")
        assert fault.en.endswith(".")
