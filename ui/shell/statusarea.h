#pragma once
// The bottom line: every source with the age of its last answer, its latency, and what is wrong. GUI thread.
#include "factory/sourceboard.h"

#include <QTimer>
#include <QWidget>

namespace andon::ui
{

class StatusArea final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusArea(QWidget *parent = nullptr);
    void set(std::vector<factory::SourceState> sources, core::Instant now, const QString &note);
    /// A sentence in place of the note, until it has been read.
    void say(const QString &sentence);

Q_SIGNALS:
    void logRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QString lineOf(const factory::SourceState &source) const;
    std::vector<factory::SourceState> m_sources;
    std::vector<QRect> m_rects; ///< of the last painting
    core::Instant m_now;
    QString m_note;
    QString m_said;
    QTimer m_until;
};

} // namespace andon::ui
