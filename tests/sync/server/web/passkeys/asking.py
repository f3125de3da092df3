"""What a browser and a device do with passkeys at the pages, as a script there does it."""

from tests.sync.server.web.browser import PASSWORD

NAME = "Phone"
ADD, SIGN_IN = "/you/passkeys", "/sign-in/passkey"


def asks(browser, path):
    """What a browser is asked, as its script gets it."""
    token = browser.form(path).said["token"] if path == ADD else ""
    answer = browser.client.post(
        f"{path}/challenge", data={"token": token}, headers={"Origin": "http://testserver.local"}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def adds(browser, device, wrong=None, **typed):
    browser.get("/you")
    answer = device.makes(asks(browser, ADD), **(wrong or {}))
    return browser.send(ADD, **({"name": NAME, "password": PASSWORD, "answer": answer} | typed))


def signs_in(browser, device, **wrong):
    browser.get("/sign-in")
    answer = device.signs(asks(browser, SIGN_IN), **wrong)
    return browser.send(SIGN_IN, answer=answer)


def is_in(browser):
    return browser.get("/you").url.path == "/you"
