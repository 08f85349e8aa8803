#pragma once
// A titled box: header 28 px with room for a note and an action on the right, hairline border. GUI thread.
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace andon::ui
{

class Label;

class Card : public QWidget
{
    Q_OBJECT
public:
    explicit Card(const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    void setNote(const QString &note); ///< muted, beside the title
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    [[nodiscard]] QHBoxLayout *header() const { return m_header; } ///< add at the end: right side
    /// No border and no rounding: a section inside a pane.
    void setFlat(bool flat);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_title = nullptr;
    Label *m_note = nullptr;
    QHBoxLayout *m_header = nullptr;
    QVBoxLayout *m_body = nullptr;
    bool m_flat = false;
};

} // namespace andon::ui
