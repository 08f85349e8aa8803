#include "text/errortext.h"

#include "text/plain.h"
#include "text/profiletext.h"
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

/// "host" of "https://host:8443": what a server must allow.
QString hostOf(const core::Error &error)
{
    const QString server = visible(error.server).section(QStringLiteral("://"), 1);
    const auto colon = server.lastIndexOf(u':');
    return colon > server.lastIndexOf(u']') ? server.first(colon) : server;
}

QString hostStep(const core::Error &error)
{
    const QString host = hostOf(error);
    return tr("On the server, start MLflow with --allowed-hosts (or the variable MLFLOW_SERVER_ALLOWED_HOSTS) set to "
              "every name that it is called by, here \"%1,%1:*\". Or let this source call it by a name that it allows: "
              "host_header in the site file.")
        .arg(host.isEmpty() ? tr("HOST") : host);
}

QString tlsStep(std::string_view hint)
{
    if (hint == "tls-untrusted")
        return tr("If it is signed by your own authority, name the authority's file (ca_file in the site file). "
                  "Verification is never switched off.");
    if (hint == "tls-expired")
        return tr("Have the certificate renewed on the server; if it is new, set this computer's clock.");
    if (hint == "tls-revoked")
        return tr("Do not connect; ask whoever administers the server for a new certificate.");
    if (hint == "tls-name")
        return tr("Use the name that the certificate was made for, or have one made that names this host "
                  "(subjectAltName).");
    if (hint == "tls-ca-file")
        return tr("Check the file: ca_file (or crl_file) in the site file must be PEM that this account may read.");
    if (hint == "tls-client-file")
        return tr("Check the files: client_cert and client_key in the site file must be PEM, belong together and have "
                  "no passphrase.");
    if (hint == "tls-client-wanted")
        return tr("Name a certificate that the server knows (client_cert and client_key in the site file).");
    if (hint == "tls-plain")
        return tr("If it speaks plain HTTP on this port, change https:// to http:// or the port.");
    return {};
}

QString hinted(const core::Error &error)
{
    if (error.hint == "mlflow-host")
        return hostStep(error);
    if (error.hint == "html-login")
        return tr("A proxy with a sign-in page probably stands in between: give this source a token or header that the "
                  "proxy accepts, or its direct address.");
    if (error.hint == "truncated")
        return tr("Try again; if it happens each time, look for a limit on size or time in the server or in a proxy on "
                  "the way.");
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
    return tlsStep(error.hint);
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
        return tr("Check that the server speaks TLS 1.2 or newer with current ciphers, and that the port is right.");
    case ErrorKind::Proxy:
        return tr("Check this source's proxy setting and the proxy's own credentials.");
    case ErrorKind::Auth:
        return tr("Check the user and secret of this source; andonctl site check tells where they were read from.");
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
        return error.requestId.empty() ? tr("Look at the server's log, or ask whoever administers it.")
                                       : tr("Look at the server's log; the request id below finds the line.");
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

namespace
{

/// The cause where more is known than the kind; empty otherwise.
QString hintedHeadline(const core::Error &error, const QString &name)
{
    const std::string &hint = error.hint;
    if (hint == "told")
        return visible(error.detail);
    if (hint == "mlflow-host")
        return tr("%1 refused the host name that it was called by.").arg(name);
    if (hint == "html-login")
        return tr("%1 answered with a web page instead of its API.").arg(name);
    if (hint == "truncated" && error.kind == core::ErrorKind::Protocol)
        return tr("%1 broke off in the middle of an answer.").arg(name);
    if (hint == "redirect")
        return tr("%1 redirects to another address.").arg(name);
    if (hint == "tls-untrusted")
        return tr("%1 cannot be trusted: nobody that this computer trusts has signed its certificate.").arg(name);
    if (hint == "tls-expired")
        return tr("%1 cannot be trusted: its certificate has expired or is not valid yet.").arg(name);
    if (hint == "tls-revoked")
        return tr("%1 cannot be trusted: its certificate was revoked.").arg(name);
    if (hint == "tls-name")
        return tr("%1 cannot be trusted: its certificate is not made for this host.").arg(name);
    if (hint == "tls-ca-file" || hint == "tls-client-file")
        return tr("%1 was not asked: a certificate file could not be used.").arg(name);
    if (hint == "tls-client-wanted")
        return tr("%1 asks for a client certificate and did not get one that it accepts.").arg(name);
    if (hint == "tls-plain")
        return tr("%1 does not speak TLS on this port.").arg(name);
    return {};
}

} // namespace

QString headline(const core::Error &error)
{
    using core::ErrorKind;
    const QString name = who(error);
    if (const QString held = profileHeadline(error); !held.isEmpty())
        return held;
    if (const QString cause = hintedHeadline(error, name); !cause.isEmpty() && error.kind != ErrorKind::UnknownOutcome)
        return cause;
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
        return tr("%1 cannot be reached: no encrypted connection came about.").arg(name);
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
        return error.httpStatus == 0 ? tr("%1 failed.").arg(name)
                                     : tr("%1 failed (HTTP %2).").arg(name).arg(error.httpStatus);
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
    if (const QString held = profileStep(error); !held.isEmpty() || error.hint == "told")
        return held;
    const QString special = error.kind == core::ErrorKind::UnknownOutcome ? QString() : hinted(error);
    return special.isEmpty() ? byKind(error) : special;
}

QString paragraph(const core::Error &error)
{
    if (error.hint == "told") // its words are for people already, and they are all there is to say
        return headline(error);
    QString text = headline(error) + u'\n' + nextStep(error);
    if (error.retryAfterMs && error.kind != core::ErrorKind::Limited)
        text += u'\n' + tr("It is asked again in %1 at the earliest.").arg(duration(*error.retryAfterMs));
    if (!error.detail.empty() && error.kind != core::ErrorKind::Invalid && profileHeadline(error).isEmpty()) {
        const QString words = visible(std::string_view(error.detail).substr(0, 400));
        text += u'\n' + (error.httpStatus == 0 ? tr("Details: %1").arg(words) : tr("It said: %1").arg(words));
    }
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

/// Notes of ours are codes, those of a server are its own words.
static QString noteText(const std::string &note)
{
    if (note == "as-of-alerts")
        return tr("which alerts fired then is not known; the server tells those of now only");
    if (note == "as-of-heads")
        return tr("branches are where the dates of their commits put them; the server keeps no history of heads");
    if (note == "as-of-aliases")
        return tr("aliases are those of now; the registry keeps no history of them");
    if (note == "history-incomplete")
        return tr("some parents of these commits are not known");
    return visible(note);
}

QString freshnessLine(const core::Freshness &freshness, core::Instant now)
{
    QString line = stateWord(freshness.state);
    if (freshness.at.known())
        line += u' ' + ago(freshness.at, now);
    if (freshness.error)
        line += QStringLiteral(": ") + headline(*freshness.error);
    else if (freshness.state == core::FreshnessState::Partial && !freshness.notes.empty())
        line += QStringLiteral(": ") + noteText(freshness.notes.front());
    return line;
}

} // namespace andon::text
