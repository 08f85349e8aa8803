#pragma once
// An object's contents, or two beside each other: text and JSON line by line, CSV as its fields, pictures. Says what
// was left out. GUI thread.
#include "factory/objectpreview.h"

#include <QImage>
#include <QWidget>

#include <optional>

class QStackedLayout;

namespace andon::ui
{

class Label;
class PairView;
class PictureView;

/// One side: a preview, or why there is none.
struct PreviewSide {
    QString name = {}; ///< "A 51be07d"
    std::optional<factory::ObjectPreview> preview = {};
    QImage picture = {}; ///< decoded, when it is one
    QString missing = {}; ///< "Not on this side", or what went wrong
};

/// Decodes the picture of a preview, scaled down to what a screen shows. Any thread.
[[nodiscard]] QImage pictureOf(const factory::ObjectPreview &preview);

class PreviewView final : public QWidget
{
    Q_OBJECT
public:
    explicit PreviewView(QWidget *parent = nullptr);
    void showOne(const PreviewSide &side);
    void showTwo(const PreviewSide &left, const PreviewSide &right);
    void showWords(const QString &words); ///< nothing is chosen, it is being read …
    /// Places where the two differ, when they stand as lines or fields.
    [[nodiscard]] int differences() const;
    /// To the next (1) or the previous (-1) of them: which it is, from 1.
    int step(int direction);
    [[nodiscard]] QString words() const; ///< the sentence that stands there instead of contents; "" contents do

private:
    void fillText(const factory::ObjectPreview *left, const factory::ObjectPreview &right, bool alone);
    void fillTable(const factory::ObjectPreview *left, const factory::ObjectPreview *right, bool alone);
    void show(const PreviewSide *left, const PreviewSide &right);

    QStackedLayout *m_stack = nullptr;
    QWidget *m_contents = nullptr;
    Label *m_leftName = nullptr;
    Label *m_rightName = nullptr;
    Label *m_note = nullptr;
    PairView *m_pair = nullptr;
    PictureView *m_pictures = nullptr;
    Label *m_words = nullptr;
};

} // namespace andon::ui
