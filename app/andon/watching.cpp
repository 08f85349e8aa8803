#include "app/andon/watching.h"

#include "app/andon/desktopnotices.h"
#include "text/errortext.h"
#include "text/noticetext.h"
#include "text/plain.h"

namespace andon::desktop
{

Watching::Watching(Host &host, ui::MainWindow &window)
    : m_host(host)
    , m_window(window)
    , m_watch(host.worker(), host.clock(), [&host, &window] {
        return factory::FloorWatch::Turn{.site = host.site(),
                                         .everyMs = window.refreshMs(),
                                         .follows = window.following(),
                                         .busy = !window.settled()};
    })
{
    connect(&m_watch, &factory::FloorWatch::looked, &host.book(), &Notices::take);
    connect(&host.book(), &Notices::notKept, this, [this](const core::Error &error) {
        m_window.say(tr("What changed on the Floor cannot be kept: %1").arg(text::headline(error)));
    });
}

void Watching::begin()
{
    m_host.book().load();
    m_desktop = new DesktopNotices(QDBusConnection::sessionBus(), this);
    const auto takes = [this] {
        m_host.preferences().setDesktopTakes(m_desktop->takes() != DesktopNotices::Takes::No);
    };
    takes();
    connect(m_desktop, &DesktopNotices::takesChanged, this, takes);
    connect(m_desktop, &DesktopNotices::clicked, &m_window, [this](const QString &link, const QString &token) {
        m_window.comeForward(link, token);
        if (link.isEmpty()) // of several
            m_window.showNotices();
    });
    connect(&m_host.book(), &Notices::told, m_desktop, [this](const telemetry::Notice &one) {
        const QString about = text::visible(one.about);
        const QString site = text::visible(one.site.value);
        m_desktop->tell(text::noticeLine(one), about.isEmpty() ? site : site + QStringLiteral(" · ") + about,
                        one.after == telemetry::Level::Critical, QString::fromStdString(one.link));
    });
    connect(&m_host.book(), &Notices::toldMore, m_desktop, [this](int count) {
        m_desktop->tell(text::moreChanges(count), tr("The bell in the window has all of them."), false, {});
    });
}

} // namespace andon::desktop
