# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo shop's server for a test: started on a free port, gone at the end.

    with sandbox.Sandbox() as shop:
        shop.control("POST", "/orders", {"ref": "A7"})
        shop.environment()    # the four variables that point Comptoir at it

src/sandbox/README.md describes the control path.
"""

import json
import os
import subprocess
import urllib.error
import urllib.request

BUILD = os.environ["COMPTOIR_BUILD_DIR"]
PATIENCE = int(os.environ.get("COMPTOIR_TEST_PATIENCE", "1"))


def built(name):
    """The path of a program of this build."""
    for folder, folders, files in os.walk(os.path.join(BUILD, "src")):
        folders[:] = [one for one in folders if not one.endswith(".p")]
        if name in files:
            return os.path.join(folder, name)
    raise FileNotFoundError(f"{name} is not built")


def ask(method, address, headers, body=None):
    """(status, text) of one request, straight to the loopback address."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30 * PATIENCE) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class Sandbox:
    """One server; strict unless told otherwise."""

    def __init__(self, *options):
        self.options = options
        self.process = None
        self.line = {}

    def __enter__(self):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(
            [built("comptoir-sandbox"), "--port", "0", "--exit-with-stdin", *self.options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.line = json.loads(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """As if the network were gone: nothing answers at its address any more."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def environment(self):
        return {"COMPTOIR_API_URL": self.line["api_url"],
                "COMPTOIR_OAUTH_URL": self.line["oauth_url"],
                "COMPTOIR_CLIENT_ID": self.line["client_id"],
                "COMPTOIR_CLIENT_SECRET": self.line["client_secret"]}

    def control(self, method, path, body=None):
        status, text = ask(method, self.line["control_url"] + path, {
            "X-Sandbox-Secret": self.line["control_secret"], "Content-Type": "application/json"},
            body)
        if status != 200:
            raise ValueError(f"{method} {path}: {status} {text}")
        return json.loads(text) if text else {}

    def state(self):
        return self.control("GET", "/state")

    def status_for(self, token):
        """What this server answers to whoever brings the token."""
        return ask("GET", self.line["api_url"] + "/location", {"X-Access-Token": token})[0]
