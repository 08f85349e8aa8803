#pragma once
// One source of a site as a form, and beside it what a test of it found. GUI thread.
#include "factory/sourceboard.h"
#include "ui/pages/settings/sitedesk.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace andon::ui
{

class Card;
class FactSheet;
class Label;
class Pill;

class SourceCard final : public QWidget
{
    Q_OBJECT
public:
    explicit SourceCard(const std::string &kind, QWidget *parent = nullptr);
    [[nodiscard]] const std::string &kind() const { return m_kind; }

    /// secretFrom: where its secret is kept; "" nowhere.
    void set(const profile::SourceConfig &config);
    void setSecretFrom(const QString &from);
    void setReadOnly(bool readOnly);
    [[nodiscard]] SourceDraft draft() const;
    [[nodiscard]] bool isEmpty() const; ///< it has no address: the site goes without it
    /// What keeps it from being tested or saved; "" nothing.
    [[nodiscard]] QString complaint() const;

    void showTesting();
    void showCheck(const factory::SourceCheck &check, core::Instant now);
    void showState(const factory::SourceState &state, core::Instant now);

Q_SIGNALS:
    void testRequested();
    void edited();

private:
    QGridLayout *makeFields(QWidget *parent);
    void addMore(QGridLayout *grid, QWidget *parent);
    void addRow(QGridLayout *grid, const QString &name, QWidget *field, bool more = false);
    [[nodiscard]] std::vector<QLineEdit *> lines() const;
    void setMore(bool shown);
    void adapt(); ///< to the sign-in and to the address
    void clear();

    std::string m_kind;
    profile::SourceConfig m_config; ///< what the form does not show stays as it was
    Card *m_card = nullptr;
    Pill *m_pill = nullptr;
    Label *m_latency = nullptr;
    FactSheet *m_facts = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_moreButton = nullptr;
    QLineEdit *m_url = nullptr;
    QComboBox *m_auth = nullptr;
    Label *m_userName = nullptr;
    QLineEdit *m_user = nullptr;
    Label *m_secretName = nullptr;
    QLineEdit *m_secret = nullptr;
    QCheckBox *m_plain = nullptr;
    QLineEdit *m_hostHeader = nullptr;
    QLineEdit *m_selector = nullptr; ///< of a Prometheus only
    QLineEdit *m_caFile = nullptr;
    QLineEdit *m_clientCert = nullptr;
    QLineEdit *m_clientKey = nullptr;
    QLineEdit *m_proxy = nullptr;
    QPlainTextEdit *m_headers = nullptr;
    QSpinBox *m_connections = nullptr;
    std::vector<QWidget *> m_more;
    bool m_moreShown = false;
    bool m_filling = false;
};

} // namespace andon::ui
