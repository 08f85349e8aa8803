#pragma once
// A panel has one content and six other faces: loading, empty, filtered to empty, unavailable, forbidden, not
// configured. Stale and partial are a banner above the content, which stays. Pages are written once against it. GUI
// thread.
#include "core/freshness.h"

#include <QWidget>

class QPushButton;
class QStackedLayout;

namespace andon::ui
{

class Label;

/// One line in a tint: shape, sentence, and what to do about it.
class Banner final : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);
    void set(const core::Freshness &freshness, core::Instant now);
    /// Any other sentence; status is an ui::Status as int to keep this header light.
    void setText(int status, const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text = nullptr;
    int m_status = 0;
};

class Panel : public QWidget
{
    Q_OBJECT
public:
    explicit Panel(QWidget *parent = nullptr);
    void setContent(QWidget *content);
    /// What stands there when the value is empty, and how to get one.
    void setEmptyText(const QString &title, const QString &hint);
    /// hasValue: there is something to show; filtered: it is empty because of a filter.
    void show(const core::Freshness &freshness, core::Instant now, bool hasValue, bool filtered = false);

Q_SIGNALS:
    void retryRequested();
    void clearFilterRequested();

private:
    void showMessage(int status, const QString &title, const QString &hint, const QString &button);

    Banner *m_banner = nullptr;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_content = nullptr;
    QWidget *m_message = nullptr;
    Label *m_title = nullptr;
    Label *m_hint = nullptr;
    QPushButton *m_button = nullptr;
    QString m_emptyTitle;
    QString m_emptyHint;
    bool m_filtered = false;
};

} // namespace andon::ui
