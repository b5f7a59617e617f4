"""A folder as the root of a file system: this machine's programs, and nothing else of it.

Needs root. Each command runs in mounts of its own, which go with it.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64")
_PYTHON = Path(sys.base_prefix)


def why_not() -> str | None:
    """Why nothing can be run so here; None: it can."""
    if os.geteuid() != 0:
        return "needs root"
    if any(shutil.which(program) is None for program in ("unshare", "chroot", "setpriv", "ip")):
        return "needs unshare, chroot, setpriv and ip"
    tried = subprocess.run(("unshare", "--mount", "--net", "true"), check=False)  # noqa: S607
    return None if tried.returncode == 0 else "this machine lets nobody make mounts of their own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What a command is held to; by default it may do what a builder's may."""

    is_readonly: bool = False
    """Only `writable` folders and `/tmp` can be written."""
    has_network: bool = True
    user: str = "0:0"
    writable: tuple[str, ...] = ()


class FileSystem:
    """The folder that is the root."""

    def __init__(self, root: Path) -> None:
        """Make the folders that every system has."""
        self.root = root
        for name in ("tmp", "var", "opt", "dev", "proc", "etc", *(one[1:] for one in _SYSTEM)):
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / "tmp").chmod(0o1777)
        self.at(str(_PYTHON)).mkdir(parents=True, exist_ok=True)
        shutil.copytree("/etc", root / "etc", dirs_exist_ok=True, symlinks=True)

    def at(self, path: str) -> Path:
        """Where an absolute path of the system lies here."""
        return self.root / path.lstrip("/")

    def run(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: str = "/",
        held: Confinement | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(  # noqa: S603 - made here
            self.command(command, folder=folder, held=held or Confinement()),
            env={"PATH": base_path(), "HOME": "/tmp", **environment},  # noqa: S108 - of that root
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self, command: Sequence[str], *, folder: str, held: Confinement) -> list[str]:
        """Give what has to be run on this machine for it."""
        root = shlex.quote(str(self.root))
        lines = [f"mount --bind {root} {root}"]
        for path in (*_SYSTEM, str(_PYTHON)):
            lines += [
                f"mount --bind {path} {root}{path}",
                f"mount -o remount,bind,ro {root}{path}",
            ]
        lines += [f"mount --rbind /dev {root}/dev", f"mount --rbind /proc {root}/proc"]
        if held.is_readonly:
            lines += [f"mount --bind {root}{path} {root}{path}" for path in held.writable]
            lines += [f"mount -t tmpfs tmpfs {root}/tmp", f"mount -o remount,bind,ro {root}"]  # noqa: S108 - of that root
        if not held.has_network:
            lines.append("ip link set lo up")
        inside = f"cd {shlex.quote(folder)} && exec {shlex.join(command)}"
        uid, gid = held.user.split(":")
        rights = f"setpriv --reuid={uid} --regid={gid} --clear-groups"
        if uid != "0":
            rights += " --no-new-privs --bounding-set=-all --inh-caps=-all"
        lines.append(f"exec {rights} -- /bin/sh -c {shlex.quote(inside)}")
        last = lines.pop().removeprefix("exec ")
        lines.append(f"exec chroot {root} {last}")
        network = [] if held.has_network else ["--net"]
        script = "set -e; " + "; ".join(lines)
        return ["unshare", "--mount", "--propagation=private", *network, "sh", "-c", script]


def base_path() -> str:
    """The PATH of a base image: its Python before its other programs."""
    return f"{_PYTHON}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
