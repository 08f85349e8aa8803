#include "tests/support/suite.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using core::FreshnessState;

namespace
{
const core::Instant kNow{1'764'000'000'000};

core::Freshness inState(FreshnessState state)
{
    core::Freshness freshness{.state = state};
    if (state != FreshnessState::Loading && state != FreshnessState::NotConfigured)
        freshness.at = kNow - 41 * core::kMinute;
    if (state == FreshnessState::Stale || state == FreshnessState::Unavailable || state == FreshnessState::Forbidden)
        freshness.error = core::Error{.kind = state == FreshnessState::Forbidden ? core::ErrorKind::Forbidden
                                                                                 : core::ErrorKind::Refused,
                                      .where = "lakefs repositories",
                                      .server = "https://data.example"};
    return freshness;
}

QStringList visibleTexts(const QWidget &panel)
{
    QStringList all;
    for (const auto *label : panel.findChildren<ui::Label *>())
        if (label->isVisible() && !label->text().isEmpty())
            all << label->text();
    for (const auto *button : panel.findChildren<QPushButton *>())
        if (button->isVisible() && !button->text().isEmpty())
            all << button->text();
    return all;
}
} // namespace

class FacesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void eachFaceIsItsOwn()
    {
        ui::Panel panel;
        panel.setContent(new QWidget);
        panel.setEmptyText(QStringLiteral("No commits yet"), QStringLiteral("Commit something."));
        panel.resize(700, 400);
        panel.QWidget::show();
        QStringList faces;
        const auto take = [&](FreshnessState state, bool filtered) {
            panel.show(inState(state), kNow, false, filtered);
            const QString face = visibleTexts(panel).join(u'|');
            QVERIFY2(!face.isEmpty(), qPrintable(QString::number(static_cast<int>(state))));
            QVERIFY2(!faces.contains(face), qPrintable(face));
            faces << face;
        };
        take(FreshnessState::Loading, false);
        take(FreshnessState::Live, false); // empty
        take(FreshnessState::Live, true);
        take(FreshnessState::Unavailable, false);
        take(FreshnessState::Forbidden, false);
        take(FreshnessState::NotConfigured, false);
        QVERIFY(faces[1].contains(QStringLiteral("No commits yet")));
        QVERIFY(faces[3].contains(QStringLiteral("https://data.example")));
    }

    void whatWasReadStaysAndSaysItsAge()
    {
        ui::Panel panel;
        auto *content = new QWidget;
        panel.setContent(content);
        panel.resize(700, 400);
        panel.QWidget::show();
        panel.show(inState(FreshnessState::Stale), kNow, true);
        QVERIFY(content->isVisible());
        const QString banner = visibleTexts(panel).join(u'|');
        QVERIFY2(banner.contains(QStringLiteral("41 min")), qPrintable(banner));
        QVERIFY2(banner.contains(QStringLiteral("https://data.example")), qPrintable(banner));
        panel.show(inState(FreshnessState::Live), kNow, true);
        QVERIFY(visibleTexts(panel).isEmpty());
    }

    void theButtonDoesWhatItSays()
    {
        ui::Panel panel;
        panel.setContent(new QWidget);
        panel.QWidget::show();
        QSignalSpy retry(&panel, &ui::Panel::retryRequested);
        QSignalSpy clear(&panel, &ui::Panel::clearFilterRequested);
        panel.show(inState(FreshnessState::Unavailable), kNow, false);
        panel.findChild<QPushButton *>()->click();
        QCOMPARE(retry.size(), 1);
        panel.show(inState(FreshnessState::Live), kNow, false, true);
        panel.findChild<QPushButton *>()->click();
        QCOMPARE(clear.size(), 1);
        QCOMPARE(retry.size(), 1);
    }
};

ANDON_SUITE(FacesTest)
#include "faces_test.moc"
