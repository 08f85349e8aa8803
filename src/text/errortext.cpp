#include "text/errortext.h"

#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Errors", source);
}

/// "lakeFS at https://host", from "lakefs logCommits" and the server.
QString who(const core::Error &error)
{
    QString product = visible(error.where).section(u' ', 0, 0);
    if (product == u"lakefs")
        product = QStringLiteral("lakeFS");
    else if (product == u"mlflow")
        product = QStringLiteral("MLflow");
    else if (product == u"prometheus")
        product = QStringLiteral("Prometheus");
    else
        product = error.server.empty() ? visible(error.where) : tr("The server");
    return error.server.empty() ? product : tr("%1 at %2").arg(product, visible(error.server));
}

QString hinted(const core::Error &error)
{
    if (error.hint == "mlflow-host")
        return tr("Start the server with --allowed-hosts naming the host you connect to, or set this source's host "
                  "header to a name that it allows (site file, key host_header).");
    if (error.hint == "html-login")
        return tr("A sign-in page answered instead of the API: a proxy stands in between. Give this source a token or "
                  "header that the proxy accepts, or its direct address.");
    if (error.hint == "redirect")
        return tr("Enter the address that it redirects to, if you trust it; credentials are never sent along.");
    if (error.hint == "newer")
        return tr("Use the newer Andon, or start with another profile (--profile DIR). Nothing was changed.");
    if (error.hint == "corrupt")
        return tr("Restore it from a backup (andonctl profile restore). It was left as it is.");
    if (error.hint == "foreign")
        return tr("Choose another profile folder (--profile DIR). The file was left as it is.");
    if (error.hint == "disk-full")
        return tr("Free some space; what was shown before is still there.");
    if (error.hint == "busy")
        return tr("Another Andon is writing. Try again in a moment.");
    return {};
}

QString byKind(const core::Error &error)
{
    using core::ErrorKind;
    switch (error.kind) {
    case ErrorKind::Offline:
        return tr("Check this computer's network.");
    case ErrorKind::Dns:
        return tr("Check the spelling of the host name and the VPN or DNS that should know it.");
    case ErrorKind::Refused:
        return tr("Check that the server runs and that host and port are right.");
    case ErrorKind::Timeout:
        return tr("The server or the way to it is slow: try again, or look at the server's load.");
    case ErrorKind::Tls:
        return tr("If the certificate is signed by your own authority, name its file (ca_file in the site file). "
                  "Verification is never switched off.");
    case ErrorKind::Proxy:
        return tr("Check this source's proxy setting and the proxy's own credentials.");
    case ErrorKind::Auth:
        return tr("Check the user and secret of this source: andonctl site check shows which one is used.");
    case ErrorKind::Forbidden:
        return tr("Ask whoever administers the server for read permission; signing in again will not help.");
    case ErrorKind::NotFound:
        return tr("Check the name, and that the address has no missing or extra path.");
    case ErrorKind::Conflict:
    case ErrorKind::Precondition:
        return tr("Read the current state again and decide anew.");
    case ErrorKind::Limited:
        return error.retryAfterMs
            ? tr("The server asks to wait %1 before the next request.").arg(duration(*error.retryAfterMs))
            : tr("Wait a moment; if it goes on, lower this source's connections.");
    case ErrorKind::Server:
        return tr("Look at the server's log; the request id below finds the line.");
    case ErrorKind::Protocol:
        return tr("Check that the address is the API of this product and not a page or another service.");
    case ErrorKind::TooLarge:
        return tr("Ask for less: a shorter range or a narrower selection.");
    case ErrorKind::UnknownOutcome:
        return tr("Check on the server whether it was applied before trying again.");
    case ErrorKind::Storage:
        return tr("Check the space and the permissions of the profile folder.");
    case ErrorKind::Invalid:
        return tr("Correct it and try again.");
    case ErrorKind::Cancelled:
        return tr("Start it again when you want it.");
    }
    return {};
}

} // namespace

QString headline(const core::Error &error)
{
    using core::ErrorKind;
    const QString name = who(error);
    switch (error.kind) {
    case ErrorKind::Offline:
        return tr("%1 cannot be reached: there is no network.").arg(name);
    case ErrorKind::Dns:
        return tr("%1 cannot be reached: the host name is unknown.").arg(name);
    case ErrorKind::Refused:
        return tr("%1 does not answer: the connection was refused or dropped.").arg(name);
    case ErrorKind::Timeout:
        return tr("%1 did not answer in time.").arg(name);
    case ErrorKind::Tls:
        return tr("%1 cannot be trusted: its certificate or encryption was not accepted.").arg(name);
    case ErrorKind::Proxy:
        return tr("%1 cannot be reached: the proxy in between failed.").arg(name);
    case ErrorKind::Auth:
        return tr("%1 refused the sign-in: wrong or missing credentials.").arg(name);
    case ErrorKind::Forbidden:
        return tr("%1 does not allow this account to do that.").arg(name);
    case ErrorKind::NotFound:
        return tr("%1 does not have what was asked for.").arg(name);
    case ErrorKind::Conflict:
        return tr("%1 is in conflict with the request: something changed meanwhile.").arg(name);
    case ErrorKind::Precondition:
        return tr("%1 refused: a condition or a hook was not met.").arg(name);
    case ErrorKind::Limited:
        return tr("%1 limits the rate of requests (HTTP 429).").arg(name);
    case ErrorKind::Server:
        return tr("%1 failed (HTTP %2).").arg(name).arg(error.httpStatus);
    case ErrorKind::Protocol:
        return tr("%1 answered something that is not its API.").arg(name);
    case ErrorKind::TooLarge:
        return tr("%1 answered more than can be accepted.").arg(name);
    case ErrorKind::UnknownOutcome:
        return tr("%1 may or may not have applied the change.").arg(name);
    case ErrorKind::Storage:
        return tr("%1: the local file could not be used.").arg(visible(error.where));
    case ErrorKind::Invalid:
        return error.detail.empty() ? tr("That makes no sense here.") : visible(error.detail);
    case ErrorKind::Cancelled:
        return tr("Stopped before it was finished.");
    }
    return {};
}

QString nextStep(const core::Error &error)
{
    if (error.hint == "mlflow-host" || error.kind != core::ErrorKind::Cancelled) {
        const QString special = hinted(error);
        if (!special.isEmpty())
            return special;
    }
    return byKind(error);
}

QString paragraph(const core::Error &error)
{
    QString text = headline(error) + u'\n' + nextStep(error);
    if (!error.detail.empty() && error.kind != core::ErrorKind::Invalid)
        text += u'\n' + tr("It said: %1").arg(visible(std::string_view(error.detail).substr(0, 400)));
    if (!error.requestId.empty())
        text += u'\n' + tr("Request id: %1").arg(visible(error.requestId));
    return text;
}

QString stateWord(core::FreshnessState state)
{
    using core::FreshnessState;
    switch (state) {
    case FreshnessState::Loading:
        return tr("Loading");
    case FreshnessState::Live:
        return tr("Live");
    case FreshnessState::Cached:
        return tr("Cached");
    case FreshnessState::Stale:
        return tr("Stale");
    case FreshnessState::Partial:
        return tr("Partial");
    case FreshnessState::Unavailable:
        return tr("Unavailable");
    case FreshnessState::Forbidden:
        return tr("Forbidden");
    case FreshnessState::NotConfigured:
        return tr("Not configured");
    }
    return {};
}

QString freshnessLine(const core::Freshness &freshness, core::Instant now)
{
    QString line = stateWord(freshness.state);
    if (freshness.at.known())
        line += u' ' + ago(freshness.at, now);
    if (freshness.error)
        line += QStringLiteral(": ") + headline(*freshness.error);
    return line;
}

} // namespace andon::text
