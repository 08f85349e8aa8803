#pragma once
// A site as a form: its name, its price book and its sources, each of which can be tested before anything is saved. GUI
// thread.
#include "core/clock.h"
#include "factory/sourceboard.h"
#include "ui/pages/settings/sitedesk.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace andon::ui
{

class Banner;
class Label;
class SourceCard;

class SiteForm final : public QWidget
{
    Q_OBJECT
public:
    SiteForm(SiteDesk &desk, const core::Clock &clock, QWidget *parent = nullptr);
    void showSite(const SiteListing &site); ///< to change it
    void showNew(); ///< to add one
    /// How the sources of the site that is open answered last.
    void showStates(const std::vector<factory::SourceState> &states);
    void showNotice(const QString &sentence);
    void testAll();
    [[nodiscard]] int pending() const { return m_pending; } ///< tests and writes under way
    [[nodiscard]] const core::SiteName &site() const { return m_site; }
    [[nodiscard]] SiteDraft draft() const;
    [[nodiscard]] QString complaint() const; ///< what keeps it from being saved; "" nothing

Q_SIGNALS:
    void saved(const QString &name);
    void removed(const QString &name);
    void settledChanged();

public Q_SLOTS:
    void save();

private:
    QWidget *makeHead();
    QWidget *makeFoot();
    void fill(const profile::SiteConfig &config, bool isNew);
    SourceCard *addCard(const std::string &kind);
    void test(SourceCard *card);
    void askSecrets(const profile::SiteConfig &config);
    void remove();
    void report(int status, const QString &sentence);
    void takeSaved(const core::Result<SiteSaved> &saved);

    SiteDesk &m_desk;
    const core::Clock &m_clock;
    core::SiteName m_site; ///< "" for a new one
    profile::SiteConfig m_before; ///< with the values that the form does not show
    int m_pending = 0;
    bool m_removing = false; ///< the button was pressed once
    std::vector<SourceCard *> m_cards;
    Label *m_title = nullptr;
    Label *m_hint = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_shown = nullptr;
    QLineEdit *m_book = nullptr;
    QPushButton *m_choose = nullptr;
    QVBoxLayout *m_list = nullptr;
    Banner *m_banner = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace andon::ui
