#include "ui/pages/settings/sourcecard.h"

#include "text/plain.h"
#include "text/sourcetext.h"
#include "ui/pages/settings/checkfacts.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

using Auth = profile::SourceConfig::Auth;

constexpr int kField = 28;

std::string plain(const QLineEdit *field)
{
    return field->text().trimmed().toStdString();
}

bool isLoopback(const QString &address)
{
    const QString host = QUrl(address).host();
    return host == u"localhost" || host == u"::1" || host.startsWith(u"127.");
}

QString headerLines(const profile::SourceConfig &config)
{
    QStringList lines;
    for (const auto &[name, value] : config.headers)
        lines << text::visible(name) + QStringLiteral(": ") + text::visible(value);
    return lines.join(u'\n');
}

} // namespace

SourceCard::SourceCard(const std::string &kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(text::sourceKind(kind), this);
    m_card->setNote(text::sourcePurpose(kind));
    outer->addWidget(m_card);
    m_pill = new Pill(m_card);
    m_latency = new Label({}, Tone::Muted, 12, m_card);
    m_test = new QPushButton(tr("Test connection"), m_card);
    m_test->setFixedHeight(22);
    connect(m_test, &QPushButton::clicked, this, &SourceCard::testRequested);
    m_remove = new QPushButton(tr("Remove"), m_card);
    m_remove->setFixedHeight(22);
    m_remove->setToolTip(
        tr("The site goes without this source; its address and secret are forgotten when it is saved."));
    connect(m_remove, &QPushButton::clicked, this, &SourceCard::clear);
    for (QWidget *widget : {static_cast<QWidget *>(m_pill), static_cast<QWidget *>(m_latency),
                            static_cast<QWidget *>(m_test), static_cast<QWidget *>(m_remove)})
        m_card->header()->addWidget(widget);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 0, 8);
    row->setSpacing(0);
    auto *fields = new QWidget(m_card);
    fields->setFixedWidth(372);
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 12, 0);
    column->addLayout(makeFields(fields));
    column->addStretch(1);
    row->addWidget(fields);
    m_facts = new FactSheet(m_card);
    connect(m_facts, &FactSheet::linkRequested, this, &SourceCard::testRequested);
    m_facts->setMaximumWidth(620); // a value stays near its name
    row->addWidget(m_facts, 3);
    row->addStretch(1);
    m_card->body()->addLayout(row);
    set({.name = core::SourceName(kind), .kind = kind});
}

std::vector<QLineEdit *> SourceCard::lines() const
{
    std::vector<QLineEdit *> all = {m_url,    m_user,       m_secret,    m_hostHeader,
                                    m_caFile, m_clientCert, m_clientKey, m_proxy};
    if (m_selector) // PromQL only
        all.push_back(m_selector);
    return all;
}

void SourceCard::addRow(QGridLayout *grid, const QString &name, QWidget *field, bool more)
{
    const int row = grid->rowCount();
    auto *label = new Label(name, Tone::Muted, 12, field->parentWidget());
    label->setBuddy(field);
    field->setAccessibleName(text::sourceKind(m_kind) + u' ' + name);
    if (auto *line = qobject_cast<QLineEdit *>(field)) {
        line->setFixedHeight(kField);
        line->setTextMargins(6, 0, 6, 0);
    }
    grid->addWidget(label, row, 0, field->maximumHeight() > 2 * kField ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(field, row, 1);
    if (more) {
        m_more.push_back(label);
        m_more.push_back(field);
    }
    if (field == m_user)
        m_userName = label;
    if (field == m_secret)
        m_secretName = label;
}

QGridLayout *SourceCard::makeFields(QWidget *parent)
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, 84);
    grid->setColumnStretch(1, 1);
    m_url = new QLineEdit(parent);
    m_url->setFont(monoFont(12));
    m_url->setPlaceholderText(QStringLiteral("https://"));
    addRow(grid, tr("Address"), m_url);
    m_plain = new QCheckBox(tr("Not encrypted: use it all the same"), parent);
    m_plain->setToolTip(tr("Whoever is in between reads the data and the password. A badge stays on this source."));
    grid->addWidget(m_plain, grid->rowCount(), 1);
    m_auth = new QComboBox(parent);
    m_auth->addItems(
        {tr("None"), m_kind == "lakefs" ? tr("Access key and secret") : tr("User and password"), tr("Bearer token")});
    m_auth->setFixedHeight(kField);
    addRow(grid, tr("Sign-in"), m_auth);
    m_user = new QLineEdit(parent);
    addRow(grid, m_kind == "lakefs" ? tr("Access key") : tr("User"), m_user);
    m_secret = new QLineEdit(parent);
    m_secret->setEchoMode(QLineEdit::Password);
    addRow(grid, tr("Secret"), m_secret);
    addMore(grid, parent);
    m_moreButton = new QPushButton(parent);
    m_moreButton->setFixedHeight(24);
    connect(m_moreButton, &QPushButton::clicked, this, [this] { setMore(!m_moreShown); });
    grid->addWidget(m_moreButton, grid->rowCount(), 1, Qt::AlignLeft);
    for (QLineEdit *field : lines())
        connect(field, &QLineEdit::textChanged, this, &SourceCard::adapt);
    connect(m_auth, &QComboBox::currentIndexChanged, this, &SourceCard::adapt);
    connect(m_plain, &QCheckBox::toggled, this, &SourceCard::adapt);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &SourceCard::adapt);
    connect(m_connections, &QSpinBox::valueChanged, this, &SourceCard::adapt);
    return grid;
}

void SourceCard::addMore(QGridLayout *grid, QWidget *parent)
{
    const auto line = [&](QLineEdit *&field, const QString &name, const QString &hint, const QString &tip) {
        field = new QLineEdit(parent);
        field->setPlaceholderText(hint);
        field->setToolTip(tip);
        addRow(grid, name, field, true);
    };
    if (m_kind == "prometheus")
        line(m_selector, tr("Selector"), QStringLiteral("site=\"ams-1\""),
             tr("Matchers that are added to every PromQL selector."));
    line(m_hostHeader, tr("Host header"), tr("as in the address"), tr("The Host to send instead of the address's."));
    line(m_caFile, tr("CA file"), tr("the system's authorities"), tr("PEM file of your own authority."));
    line(m_clientCert, tr("Client cert."), tr("none"), tr("PEM file of a client certificate."));
    line(m_clientKey, tr("Client key"), tr("none"), tr("PEM file of its key."));
    line(m_proxy, tr("Proxy"), tr("none"), tr("Proxy to use; none is used otherwise."));
    m_headers = new QPlainTextEdit(parent);
    m_headers->setPlaceholderText(QStringLiteral("X-Scope-OrgID: ams-1"));
    m_headers->setToolTip(
        tr("One header a line, sent with every request. No secrets: they would stand in the site file."));
    m_headers->setFixedHeight(2 * kField + 4);
    m_headers->setFont(monoFont(11));
    addRow(grid, tr("Headers"), m_headers, true);
    m_connections = new QSpinBox(parent);
    m_connections->setRange(1, 32);
    m_connections->setFixedHeight(kField);
    addRow(grid, tr("Connections"), m_connections, true);
}

void SourceCard::setMore(bool shown)
{
    m_moreShown = shown;
    for (QWidget *widget : m_more)
        widget->setVisible(shown);
    m_moreButton->setText(shown ? tr("Fewer settings") : tr("Certificates, proxy, headers…"));
}

void SourceCard::set(const profile::SourceConfig &config)
{
    m_filling = true;
    m_config = config;
    m_url->setText(text::visible(config.url));
    m_auth->setCurrentIndex(static_cast<int>(config.auth));
    m_user->clear();
    m_secret->clear();
    m_plain->setChecked(config.allowPlainHttp);
    m_hostHeader->setText(text::visible(config.hostHeader));
    if (m_selector)
        m_selector->setText(text::visible(config.selector));
    m_caFile->setText(text::visible(config.caFile));
    m_clientCert->setText(text::visible(config.clientCert));
    m_clientKey->setText(text::visible(config.clientKey));
    m_proxy->setText(text::visible(config.proxy));
    m_headers->setPlainText(headerLines(config));
    m_connections->setValue(config.connections);
    m_pill->hide();
    m_latency->hide();
    m_facts->set(
        {{.kind = Fact::Kind::Text,
          .value = tr("Opens %1. Without an address the site goes without it.").arg(text::sourceOpens(m_kind))}});
    setMore(!config.hostHeader.empty() || !config.caFile.empty() || !config.clientCert.empty() || !config.proxy.empty()
            || !config.headers.empty());
    setSecretFrom({});
    m_filling = false;
    adapt();
}

void SourceCard::setSecretFrom(const QString &from)
{
    m_secret->setPlaceholderText(from.isEmpty() ? QString() : tr("kept: %1").arg(from));
    m_user->setPlaceholderText(from.isEmpty() ? QString() : tr("as kept"));
}

void SourceCard::setReadOnly(bool readOnly)
{
    for (QLineEdit *field : lines())
        field->setReadOnly(readOnly);
    m_headers->setReadOnly(readOnly);
    m_auth->setEnabled(!readOnly);
    m_plain->setEnabled(!readOnly);
    m_connections->setEnabled(!readOnly);
    m_remove->setVisible(!readOnly);
}

void SourceCard::clear()
{
    set({.name = m_config.name, .kind = m_kind});
    Q_EMIT edited();
}

void SourceCard::adapt()
{
    const auto auth = static_cast<Auth>(m_auth->currentIndex());
    m_userName->setVisible(auth == Auth::Basic);
    m_user->setVisible(auth == Auth::Basic);
    m_secretName->setVisible(auth != Auth::None);
    m_secret->setVisible(auth != Auth::None);
    m_secretName->setText(auth == Auth::Bearer ? tr("Token") : m_kind == "lakefs" ? tr("Secret") : tr("Password"));
    const QString address = m_url->text().trimmed();
    m_plain->setVisible(address.startsWith(u"http://") && !isLoopback(address));
    m_test->setEnabled(!isEmpty());
    m_remove->setEnabled(!isEmpty());
    if (!m_filling)
        Q_EMIT edited();
}

bool SourceCard::isEmpty() const
{
    return m_url->text().trimmed().isEmpty();
}

QString SourceCard::complaint() const
{
    const QString name = text::sourceKind(m_kind);
    const QString address = m_url->text().trimmed();
    if (isEmpty())
        return {};
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return tr("%1: the address must begin with https:// (or http://) and name a host.").arg(name);
    if (!url.userInfo().isEmpty())
        return tr("%1: no user or password in the address; they have fields of their own.").arg(name);
    if (url.scheme() == u"http" && !isLoopback(address) && !m_plain->isChecked())
        return tr("%1: %2 is not encrypted. Use https://, or agree to it once below the address.")
            .arg(name, url.host());
    if (m_user->text().contains(u'\n') || m_secret->text().contains(u'\n'))
        return tr("%1: the secret has a line break in it.").arg(name);
    for (const QString &line : m_headers->toPlainText().split(u'\n', Qt::SkipEmptyParts))
        if (line.indexOf(u':') < 1)
            return tr("%1: a header is written as “Name: value”.").arg(name);
    return {};
}

SourceDraft SourceCard::draft() const
{
    SourceDraft draft{.config = m_config};
    profile::SourceConfig &config = draft.config;
    config.kind = m_kind;
    if (config.name.empty())
        config.name = core::SourceName(m_kind);
    config.url = plain(m_url);
    config.auth = static_cast<Auth>(m_auth->currentIndex());
    config.allowPlainHttp = m_plain->isChecked() && m_plain->isVisibleTo(this);
    config.hostHeader = plain(m_hostHeader);
    config.selector = m_selector ? plain(m_selector) : std::string();
    config.caFile = plain(m_caFile);
    config.clientCert = plain(m_clientCert);
    config.clientKey = plain(m_clientKey);
    config.proxy = plain(m_proxy);
    config.connections = m_connections->value();
    config.headers.clear();
    for (const QString &line : m_headers->toPlainText().split(u'\n', Qt::SkipEmptyParts))
        config.headers.emplace_back(line.section(u':', 0, 0).trimmed().toStdString(),
                                    line.section(u':', 1).trimmed().toStdString());
    draft.user = plain(m_user);
    draft.secret = m_secret->text().toStdString();
    return draft;
}

void SourceCard::showTesting()
{
    m_pill->set(Status::Info, tr("Testing…"));
    m_pill->show();
    m_latency->hide();
}

void SourceCard::showCheck(const factory::SourceCheck &check, core::Instant now)
{
    const CheckWord word = checkWord(check);
    m_pill->set(word.status, word.word);
    m_pill->show();
    m_latency->setText(check.latencyMs < 0 ? QString() : tr("%1 ms").arg(check.latencyMs));
    m_latency->setVisible(check.latencyMs >= 0);
    m_test->setText(tr("Test again"));
    m_facts->set(checkFacts(check, now));
}

void SourceCard::showState(const factory::SourceState &state, core::Instant now)
{
    const CheckWord word = stateWord(state);
    m_pill->set(word.status, word.word);
    m_pill->show();
    m_latency->setText(state.latencyMs < 0 ? QString() : tr("%1 ms").arg(state.latencyMs));
    m_latency->setVisible(state.latencyMs >= 0);
    m_facts->set(stateFacts(state, now));
}

} // namespace andon::ui
