#pragma once
// The figures on top of a comparison: how many objects differ and how, and what that is in bytes. GUI thread.
#include "factory/compareviews.h"

#include <QWidget>

namespace andon::ui
{

struct Tokens;

/// "+2.03 TB", "−13.0 GB", "0 B".
[[nodiscard]] QString signedBytes(std::int64_t bytes);
/// Added, removed, changed, conflict beside each other; `share` of the width is filled, at least 2 px for what there
/// is.
void paintKinds(QPainter &painter, const QRect &track, const versions::DiffSum &sum, double share, const Tokens &t);

class CompareStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit CompareStrip(QWidget *parent = nullptr);
    void set(const versions::DiffSum &sum, const factory::Comparison &comparison, bool complete);
    /// Of what changed, whose size before is known now; nothing: of none.
    void setBefore(std::optional<std::int64_t> bytes);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Figure {
        QString title;
        QString digits;
        QString unit;
        QString note;
        QString tip;
        QColor colour;
        int status = -1;
    };
    [[nodiscard]] std::vector<Figure> figures() const;
    [[nodiscard]] QString words() const; ///< of all, for a screen reader

    versions::DiffSum m_sum;
    factory::SameTree m_same = factory::SameTree::No;
    std::optional<std::int64_t> m_before;
    bool m_complete = false;
};

} // namespace andon::ui
