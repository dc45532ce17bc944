"""The C interface of librime, as far as the keyboard needs it.

Layout: `rime_api.h` of Debian's librime-dev 1.8.5+dfsg1-1 (BSD). `RimeApi` is versioned by its `data_size` and only grows at
its end, so newer librimes fit too; an older one that lacks a function is refused.
"""

from __future__ import annotations

import ctypes as c
import os
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.model.faults import Fault, Remedy

LIBRARY = "librime.so.1"
SCHEMA = b"kiosk_pinyin"
BUILT = Path(__file__).resolve().parent / "rime"  # our schema, ready built
BACKSPACE = 0xFF08  # X11 keysym

_FUNCTIONS = """
setup set_notification_handler initialize finalize start_maintenance is_maintenance_mode join_maintenance_thread
deployer_initialize prebuild deploy deploy_schema deploy_config_file sync_user_data
create_session find_session destroy_session cleanup_stale_sessions cleanup_all_sessions
process_key commit_composition clear_composition get_commit free_commit get_context free_context get_status free_status
set_option get_option set_property get_property get_schema_list free_schema_list get_current_schema select_schema
schema_open config_open config_close config_get_bool config_get_int config_get_double config_get_string config_get_cstring
config_update_signature config_begin_map config_next config_end simulate_key_sequence register_module find_module run_task
get_shared_data_dir get_user_data_dir get_sync_dir get_user_id get_user_data_sync_dir config_init config_load_string
config_set_bool config_set_int config_set_double config_set_string config_get_item config_set_item config_clear
config_create_list config_create_map config_list_size config_begin_list get_input get_caret_pos select_candidate get_version
set_caret_pos select_candidate_on_current_page candidate_list_begin candidate_list_next candidate_list_end user_config_open
candidate_list_from_index
"""


class Traits(c.Structure):
    _fields_ = (
        ("data_size", c.c_int),
        ("shared_data_dir", c.c_char_p),
        ("user_data_dir", c.c_char_p),
        ("distribution_name", c.c_char_p),
        ("distribution_code_name", c.c_char_p),
        ("distribution_version", c.c_char_p),
        ("app_name", c.c_char_p),
        ("modules", c.c_void_p),
        ("min_log_level", c.c_int),
        ("log_dir", c.c_char_p),
        ("prebuilt_data_dir", c.c_char_p),
        ("staging_dir", c.c_char_p),
    )


class Candidate(c.Structure):
    _fields_ = (("text", c.c_char_p), ("comment", c.c_char_p), ("reserved", c.c_void_p))


class Candidates(c.Structure):  # RimeCandidateListIterator
    _fields_ = (("ptr", c.c_void_p), ("index", c.c_int), ("candidate", Candidate))


class Commit(c.Structure):
    _fields_ = (("data_size", c.c_int), ("text", c.c_char_p))


class _Composition(c.Structure):
    _fields_ = (("length", c.c_int), ("cursor_pos", c.c_int), ("sel_start", c.c_int), ("sel_end", c.c_int), ("preedit", c.c_char_p))


class _Menu(c.Structure):
    _fields_ = (
        ("page_size", c.c_int),
        ("page_no", c.c_int),
        ("is_last_page", c.c_int),
        ("highlighted_candidate_index", c.c_int),
        ("num_candidates", c.c_int),
        ("candidates", c.POINTER(Candidate)),
        ("select_keys", c.c_char_p),
    )


class Context(c.Structure):
    _fields_ = (
        ("data_size", c.c_int),
        ("composition", _Composition),
        ("menu", _Menu),
        ("commit_text_preview", c.c_char_p),
        ("select_labels", c.c_void_p),
    )


class _Api(c.Structure):
    _fields_ = (("data_size", c.c_int), *((name, c.c_void_p) for name in _FUNCTIONS.split()))


_SESSION = c.c_size_t
_SIGNATURES: dict[str, tuple[Any, ...]] = {  # name → result, arguments
    "setup": (None, c.POINTER(Traits)),
    "initialize": (None, c.POINTER(Traits)),
    "create_session": (_SESSION,),
    "destroy_session": (c.c_int, _SESSION),
    "select_schema": (c.c_int, _SESSION, c.c_char_p),
    "process_key": (c.c_int, _SESSION, c.c_int, c.c_int),
    "clear_composition": (None, _SESSION),
    "get_commit": (c.c_int, _SESSION, c.POINTER(Commit)),
    "free_commit": (c.c_int, c.POINTER(Commit)),
    "get_context": (c.c_int, _SESSION, c.POINTER(Context)),
    "free_context": (c.c_int, c.POINTER(Context)),
    "set_option": (None, _SESSION, c.c_char_p, c.c_int),
    "select_candidate": (c.c_int, _SESSION, c.c_size_t),
    "candidate_list_from_index": (c.c_int, _SESSION, c.POINTER(Candidates), c.c_int),
    "candidate_list_next": (c.c_int, c.POINTER(Candidates)),
    "candidate_list_end": (None, c.POINTER(Candidates)),
}


class Rime:
    """The functions of the loaded library, by their names in `RimeApi`."""

    def __init__(self, table: _Api) -> None:
        for name, (result, *arguments) in _SIGNATURES.items():
            address = getattr(table, name)
            if not address or getattr(_Api, name).offset >= table.data_size + c.sizeof(c.c_int):
                raise Fault("keyboard.no_chinese", Remedy.OTHER_WAY, f"{LIBRARY} has no {name}")
            setattr(self, name, c.CFUNCTYPE(result, *arguments)(address))

    def __getattr__(self, name: str) -> Any:  # for the type checker: the functions above
        raise AttributeError(name)


def sized(structure: Any) -> Any:
    """`structure` with its `data_size` set, as RIME_STRUCT_INIT does."""
    structure.data_size = c.sizeof(structure) - c.sizeof(c.c_int)
    return structure


@cache
def rime(data: Path) -> Rime:
    """The library, set up once a process over the dictionaries in `data`. Raises Fault("keyboard.no_chinese")."""
    needed = [data / "build" / name for name in ("luna_pinyin.table.bin", "luna_pinyin_simp.prism.bin")]
    missing = [path.name for path in needed if not path.is_file()]
    if missing:
        raise Fault("keyboard.no_chinese", Remedy.OTHER_WAY, f"rime-data-luna-pinyin is not installed: {', '.join(missing)}")
    try:
        library = c.CDLL(LIBRARY)
    except OSError:
        raise Fault("keyboard.no_chinese", Remedy.OTHER_WAY, "librime1 is not installed") from None
    library.rime_get_api.restype = c.POINTER(_Api)
    functions = Rime(library.rime_get_api().contents)
    traits = sized(
        Traits(
            shared_data_dir=os.fsencode(data),
            # A folder that cannot exist, not even for root: whatever librime might want to keep has no place to go.
            user_data_dir=b"/dev/null/nothing-is-kept",
            staging_dir=os.fsencode(BUILT),
            prebuilt_data_dir=os.fsencode(data / "build"),
            distribution_name=b"kiosk",
            distribution_code_name=b"kiosk",
            distribution_version=b"1",
            app_name=b"rime.kiosk",
            min_log_level=3,  # FATAL alone, and to standard error: its lines could name what was typed
            log_dir=b"",
        )
    )
    functions.setup(c.byref(traits))
    functions.initialize(c.byref(traits))
    return functions
