#pragma once
// Shape, word and age of a state in one line: "● live · 4 s". GUI thread.
#include "ui/theme/shapes.h"
#include "ui/theme/statusof.h"

#include <QWidget>

namespace andon::ui
{

/// A status pill: tinted, shape and word, 18 px high.
class Pill final : public QWidget
{
    Q_OBJECT
public:
    explicit Pill(QWidget *parent = nullptr);
    void set(Status status, const QString &word);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Status m_status = Status::Idle;
    QString m_word;
};

/// The freshness of a page or panel; its tooltip says the rest.
class FreshnessBadge final : public QWidget
{
    Q_OBJECT
public:
    explicit FreshnessBadge(QWidget *parent = nullptr);
    void set(const core::Freshness &freshness, core::Instant now);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Status m_status = Status::Idle;
    QString m_words;
};

} // namespace andon::ui
